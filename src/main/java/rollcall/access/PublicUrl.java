package rollcall.access;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import rollcall.settings.StartupFailure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The setting {@code rollcall.public-url}.
 *
 * @param publicUrl address under which browsers reach this server, null if it is not set
 */
@ConfigurationProperties("rollcall")
public record PublicUrl(@Nullable URI publicUrl) {

	public PublicUrl {
		if (publicUrl != null && !isAddressOfPages(publicUrl)) {
			throw new StartupFailure("rollcall.public-url is not an http or https address",
					"Write it like https://roll.example.org");
		}
	}

	/** Whether the setting says that browsers use https. */
	boolean isEncrypted() {
		return this.publicUrl != null && "https".equalsIgnoreCase(this.publicUrl.getScheme());
	}

	private static boolean isAddressOfPages(URI url) {
		return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
				&& url.getHost() != null && HostAndPort.parse(url.getRawAuthority()).isPresent();
	}

}
