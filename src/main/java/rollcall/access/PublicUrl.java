package rollcall.access;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import rollcall.settings.StartupFailure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The setting {@code rollcall.public-url}. Its host may have an underscore, which
 * {@link URI#getHost()} does not support.
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
		if (publicUrl != null && hasMoreThanHost(publicUrl)) {
			throw new StartupFailure("rollcall.public-url has a path, but the pages work only at the root of a host",
					"Give rollcall a host name or a port of its own, and write the address without a path: %s://%s"
						.formatted(publicUrl.getScheme(), publicUrl.getRawAuthority()));
		}
	}

	/** Returns the address with a slash at its end, null if the setting is absent. */
	@Nullable String root() {
		return (this.publicUrl != null) ? this.publicUrl.getScheme() + "://" + this.publicUrl.getRawAuthority() + "/"
				: null;
	}

	/** Whether the setting says that browsers use https. */
	boolean isEncrypted() {
		return this.publicUrl != null && "https".equalsIgnoreCase(this.publicUrl.getScheme());
	}

	private static boolean isAddressOfPages(URI url) {
		return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
				&& HostAndPort.parse(url.getRawAuthority()).isPresent();
	}

	private static boolean hasMoreThanHost(URI url) {
		String path = url.getRawPath();
		return !(path.isEmpty() || path.equals("/")) || url.getRawQuery() != null || url.getRawFragment() != null;
	}

}
