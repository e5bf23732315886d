package rollcall.problem;

import java.util.List;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Reads {@code Accept} without parameters other than {@code q}: no answer here has
 * another one to choose. Spring would copy a parameter into the answer's type, and find
 * out only after the request took effect that it cannot write that charset.
 */
@Configuration(proxyBeanMethods = false)
class AcceptedTypes implements WebMvcConfigurer {

	private static final ContentNegotiationStrategy HEADER = new HeaderContentNegotiationStrategy();

	@Override
	public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
		configurer.strategies(List.of(AcceptedTypes::read));
	}

	private static List<MediaType> read(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
		List<MediaType> sent = HEADER.resolveMediaTypes(request);
		if (sent.stream().allMatch((type) -> type.getParameters().isEmpty())) {
			// Nearly always, and asked several times for each request.
			return sent;
		}
		List<MediaType> accepted = sent.stream()
			.filter((type) -> type.getQualityValue() > 0)
			.map(AcceptedTypes::withoutParameters)
			.distinct()
			.toList();
		if (accepted.isEmpty()) {
			throw new HttpMediaTypeNotAcceptableException("Every type is refused by q=0");
		}
		return accepted;
	}

	private static MediaType withoutParameters(MediaType type) {
		double quality = type.getQualityValue();
		return (quality < 1) ? new MediaType(type.getType(), type.getSubtype(), quality)
				: new MediaType(type.getType(), type.getSubtype());
	}

}
