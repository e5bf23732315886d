package rollcall;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import org.springdoc.core.customizers.OpenApiCustomizer;

import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the API documents: {@code openapi.yaml} through springdoc, and
 * {@code asyncapi.yaml} unchanged. They are files and not annotations, so that people and
 * tools can read them without a running server.
 */
@RestController
class ApiDocuments implements OpenApiCustomizer {

	private final String version;

	ApiDocuments(Environment environment) {
		this.version = environment.getProperty("spring.application.version", "development");
	}

	/** Runs once: springdoc caches the result for all languages. */
	@Override
	public void customise(OpenAPI api) {
		OpenAPI document = read();
		api.info(document.getInfo().version(this.version))
			.servers(document.getServers())
			.tags(document.getTags())
			.security(document.getSecurity())
			.paths(document.getPaths())
			.components(document.getComponents());
	}

	/** Not as a resource: Spring would answer a bad range of it without a problem. */
	@GetMapping(path = "/asyncapi.yaml", produces = MediaType.APPLICATION_YAML_VALUE)
	byte[] asyncApi() throws IOException {
		return new ClassPathResource("asyncapi.yaml").getContentAsByteArray();
	}

	private static OpenAPI read() {
		try (InputStream yaml = new ClassPathResource("openapi.yaml").getInputStream()) {
			return Yaml31.mapper().readValue(yaml, OpenAPI.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
