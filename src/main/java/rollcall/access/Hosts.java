package rollcall.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * The names this server goes by, and the pages that may send it something: its own. A
 * bare address is always its own, because nobody can point a foreign address's page here;
 * a name can be pointed anywhere.
 */
@Component
class Hosts {

	private static final String SEC_FETCH_SITE = "Sec-Fetch-Site";

	private final List<String> allowed;

	private final @Nullable String publicHost;

	private final @Nullable String publicOrigin;

	Hosts(AccessProperties properties) {
		this.allowed = properties.allowedHosts();
		this.publicHost = (properties.publicUrl() != null) ? properties.publicUrl().getHost().toLowerCase(Locale.ROOT)
				: null;
		this.publicOrigin = (properties.publicUrl() != null)
				? originOf(properties.publicUrl().getScheme() + "://" + properties.publicUrl().getAuthority()) : null;
	}

	/** Whether the request was sent to a name of this server. */
	boolean isKnown(HttpServletRequest request) {
		return host(request)
			.filter((host) -> host.isAddress() || host.isLoopback() || this.allowed.contains(host.host())
					|| host.host().equals(this.publicHost))
			.isPresent();
	}

	/** Whether the request was sent to a name that means this machine to itself. */
	boolean isLocal(HttpServletRequest request) {
		return host(request).filter((host) -> host.isLoopback() || this.allowed.contains(host.host())).isPresent();
	}

	/**
	 * Whether no page of another origin can have sent it. Browsers tell the site only to
	 * https and localhost, and the origin not with every request: both are asked.
	 */
	boolean isSameOrigin(HttpServletRequest request) {
		String site = request.getHeader(SEC_FETCH_SITE);
		if (site != null && !site.equals("same-origin") && !site.equals("none")) {
			return false;
		}
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		return origin == null || isOwn(origin, request);
	}

	private boolean isOwn(String origin, HttpServletRequest request) {
		String normal = originOf(origin);
		if (normal == null) {
			return false;
		}
		String scheme = normal.substring(0, normal.indexOf(':'));
		return normal.equals(this.publicOrigin)
				|| host(request).map((host) -> normal.equals(scheme + "://" + text(host.on(scheme)))).orElse(false);
	}

	private static Optional<Authority> host(HttpServletRequest request) {
		return Authority.parse(request.getHeader(HttpHeaders.HOST));
	}

	/** The origin with its port, null if it is none of the web's. */
	private static @Nullable String originOf(String origin) {
		for (String scheme : List.of("http", "https")) {
			if (origin.startsWith(scheme + "://")) {
				return Authority.parse(origin.substring(scheme.length() + 3))
					.map((authority) -> scheme + "://" + text(authority.on(scheme)))
					.orElse(null);
			}
		}
		return null;
	}

	private static String text(Authority authority) {
		return authority.host() + ":" + authority.port();
	}

}
