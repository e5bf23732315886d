package rollcall.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Decides from {@code Host}, {@code Origin} and {@code Sec-Fetch-Site} whether a request
 * is meant for this server and sent by one of its own pages. Every IP address is accepted
 * as a host, because no foreign page can be served under it. A DNS name must be known,
 * because an attacker's name can point at any address.
 */
@Component
class OriginPolicy {

	private static final String SEC_FETCH_SITE = "Sec-Fetch-Site";

	private final List<String> allowedHosts;

	private final @Nullable Origin publicOrigin;

	/** The last {@code Host} that was known: nearly every request sends the same one. */
	private volatile String lastKnownHost = "";

	OriginPolicy(AccessProperties properties, PublicUrl publicUrl) {
		this.allowedHosts = properties.allowedHosts();
		this.publicOrigin = Optional.ofNullable(publicUrl.publicUrl())
			.flatMap((url) -> Origin.parse(url.getScheme() + Origin.SEPARATOR + url.getRawAuthority()))
			.orElse(null);
	}

	/**
	 * Whether {@code Host} is a name of this server. A request without the header
	 * (HTTP/1.0, as health probes send it) does not come from a browser, so no page can
	 * have caused it.
	 */
	boolean isKnownHost(HttpServletRequest request) {
		String header = request.getHeader(HttpHeaders.HOST);
		if (header == null || header.equals(this.lastKnownHost)) {
			return true;
		}
		boolean known = HostAndPort.parse(header)
			.filter((host) -> host.isAddress() || isLocal(host) || isPublic(host))
			.isPresent();
		if (known) {
			this.lastKnownHost = header;
		}
		return known;
	}

	/**
	 * Whether {@code Host} is localhost, a loopback address or one of the allowed hosts.
	 */
	boolean isLocalHost(HttpServletRequest request) {
		return host(request).filter(this::isLocal).isPresent();
	}

	/**
	 * Whether no page of another origin can have sent the request. Browsers send
	 * {@code Sec-Fetch-Site} only to https and localhost, and {@code Origin} only with
	 * some requests, so both are checked.
	 */
	boolean isSameOrigin(HttpServletRequest request) {
		String site = request.getHeader(SEC_FETCH_SITE);
		if (site != null && !site.equals("same-origin") && !site.equals("none")) {
			return false;
		}
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		return origin == null || Origin.parse(origin).filter((page) -> isOwn(page, request)).isPresent();
	}

	/**
	 * The public URL determines the scheme of its host. For other hosts an https page is
	 * accepted also if this server received http, because a proxy may have removed the
	 * encryption. An http page is not accepted if this server received https, because an
	 * attacker on the network can forge such a page.
	 */
	private boolean isOwn(Origin page, HttpServletRequest request) {
		if (page.equals(this.publicOrigin)) {
			return true;
		}
		return host(request).filter((host) -> !isPublic(host))
			.filter((host) -> page.isEncrypted() || request.getScheme().equals("http"))
			.filter((host) -> page.equals(Origin.of(page.scheme(), host)))
			.isPresent();
	}

	private boolean isLocal(HostAndPort host) {
		return host.isLoopback() || this.allowedHosts.contains(host.host());
	}

	private boolean isPublic(HostAndPort host) {
		return this.publicOrigin != null && host.host().equals(this.publicOrigin.authority().host());
	}

	private static Optional<HostAndPort> host(HttpServletRequest request) {
		return HostAndPort.parse(request.getHeader(HttpHeaders.HOST));
	}

	/**
	 * An origin as browsers send it, {@code scheme://host[:port]}.
	 *
	 * @param scheme http or https
	 * @param authority the host, with the scheme's default port if none was given
	 */
	private record Origin(String scheme, HostAndPort authority) {

		private static final String SEPARATOR = "://";

		/**
		 * Returns the parsed text, empty if it is no origin of a page, for example
		 * because it has a path.
		 */
		static Optional<Origin> parse(String text) {
			int end = text.indexOf(SEPARATOR);
			String scheme = (end < 0) ? "" : text.substring(0, end).toLowerCase(Locale.ROOT);
			if (!scheme.equals("http") && !scheme.equals("https")) {
				return Optional.empty();
			}
			return HostAndPort.parse(text.substring(end + SEPARATOR.length())).map((host) -> of(scheme, host));
		}

		static Origin of(String scheme, HostAndPort host) {
			return new Origin(scheme, host.withDefaultPort(scheme));
		}

		boolean isEncrypted() {
			return this.scheme.equals("https");
		}

	}

}
