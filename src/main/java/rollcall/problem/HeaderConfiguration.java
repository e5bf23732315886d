package rollcall.problem;

import java.util.List;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Prevents errors of Spring MVC and springdoc caused by request headers that they cannot
 * use.
 */
@Configuration(proxyBeanMethods = false)
class HeaderConfiguration implements WebMvcConfigurer {

	private static final ContentNegotiationStrategy HEADER = new HeaderContentNegotiationStrategy();

	/**
	 * Ignores all parameters of {@code Accept} except {@code q}. Spring would copy them
	 * into the answer's type, and fail to write an unknown charset after the request took
	 * effect.
	 */
	@Override
	public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
		configurer.strategies(List.of(HeaderConfiguration::acceptedTypes));
	}

	/**
	 * Springdoc uses the forwarding headers of every client and throws at an invalid one.
	 * This filter removes them after the decision about access, which reads them.
	 */
	@Bean
	FilterRegistrationBean<ForwardedHeaderFilter> documentationWithoutForwardedHeaders() {
		ForwardedHeaderFilter filter = new ForwardedHeaderFilter();
		filter.setRemoveOnly(true);
		FilterRegistrationBean<ForwardedHeaderFilter> registration = new FilterRegistrationBean<>(filter);
		registration.addUrlPatterns("/swagger-ui/*", "/swagger-ui.html", "/v3/*");
		return registration;
	}

	private static List<MediaType> acceptedTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
		List<MediaType> sent = HEADER.resolveMediaTypes(request);
		if (sent.stream().allMatch((type) -> type.getParameters().isEmpty())) {
			// The usual case. Spring asks several times for each request.
			return sent;
		}
		List<MediaType> accepted = sent.stream()
			.filter((type) -> type.getQualityValue() > 0)
			.map(HeaderConfiguration::withoutParameters)
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
