package rollcall.pages;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The setting of the pages.
 *
 * @param publicUrl where phones reach this server, if that is not this machine's address
 */
@ConfigurationProperties("rollcall")
record PagesProperties(@Nullable URI publicUrl) {

	PagesProperties {
		if (publicUrl != null && (publicUrl.getHost() == null || !isWeb(publicUrl))) {
			throw new IllegalArgumentException(
					"rollcall.public-url must be an address such as https://roll.example.org");
		}
	}

	private static boolean isWeb(URI url) {
		return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
	}

}
