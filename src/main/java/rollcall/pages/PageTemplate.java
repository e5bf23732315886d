package rollcall.pages;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Renders a Mustache template as HTML. All values are escaped, and an unknown name is an
 * error instead of an empty text.
 */
final class PageTemplate {

	static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

	private final Template template;

	/**
	 * Compiles a template.
	 * @param name file name below {@code templates/}, without its extension
	 * @throws IOException if the file cannot be read
	 */
	PageTemplate(String name) throws IOException {
		try (Reader source = open(name)) {
			this.template = Mustache.compiler().nullValue("").withLoader(PageTemplate::open).compile(source);
		}
	}

	/** A response whose language depends on the request and that no cache keeps. */
	static ResponseEntity.BodyBuilder response(HttpStatus status) {
		return ResponseEntity.status(status)
			.contentType(HTML)
			.cacheControl(CacheControl.noStore())
			.varyBy(HttpHeaders.ACCEPT_LANGUAGE, HttpHeaders.COOKIE);
	}

	/** Writes a response outside Spring MVC. */
	static void write(ResponseEntity<String> page, HttpServletResponse response) throws IOException {
		response.setStatus(page.getStatusCode().value());
		page.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
		response.getOutputStream().write(String.valueOf(page.getBody()).getBytes(StandardCharsets.UTF_8));
	}

	String render(Object page) {
		return this.template.execute(page);
	}

	private static Reader open(String name) throws IOException {
		return new InputStreamReader(new ClassPathResource("templates/" + name + ".mustache").getInputStream(),
				StandardCharsets.UTF_8);
	}

}
