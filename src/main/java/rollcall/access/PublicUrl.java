package rollcall.access;

import java.net.URI;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import rollcall.settings.StartupFailure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.http.HttpHeaders;

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

	/**
	 * Finds the address for a login that cannot succeed at the address of the request:
	 * with https in the setting the login cookie is {@code Secure}, and a browser keeps
	 * such a cookie only of a page that it trusts. Browsers send {@code Sec-Fetch-Site}
	 * to pages that they trust, and old browsers never send it.
	 * @param request the request for the login page
	 * @return the address to use instead, empty if the login can succeed
	 */
	public Optional<String> addressToLogIn(HttpServletRequest request) {
		boolean trusted = request.isSecure() || request.getHeader("Sec-Fetch-Site") != null || this.publicUrl != null
				&& this.publicUrl.getRawAuthority().equalsIgnoreCase(request.getHeader(HttpHeaders.HOST));
		return (isEncrypted() && !trusted) ? Optional.of(root() + "login") : Optional.empty();
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
