package rollcall.access;

import java.util.List;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * The names of this server, and the pages whose requests it accepts: its own. A bare
 * address is always its own, because no foreign page can be served under it; a name can
 * be pointed at any address.
 */
@Component
class Hosts {

	private static final String SEC_FETCH_SITE = "Sec-Fetch-Site";

	private final List<String> allowed;

	private final @Nullable Origin publicOrigin;

	Hosts(AccessProperties properties) {
		this.allowed = properties.allowedHosts();
		this.publicOrigin = properties.publicOrigin().orElse(null);
	}

	/**
	 * Whether the request was sent to a name of this server. A request without the header
	 * (HTTP/1.0, as health probes send it) comes from no browser, so that no page can
	 * have misled it.
	 */
	boolean isKnown(HttpServletRequest request) {
		return request.getHeader(HttpHeaders.HOST) == null || host(request).filter(
				(host) -> host.isAddress() || host.isLoopback() || this.allowed.contains(host.host()) || isPublic(host))
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
		return origin == null || Origin.parse(origin).filter((page) -> isOwn(page, request)).isPresent();
	}

	/**
	 * The public URL decides the scheme of its host. For other names an https page is
	 * accepted where this server sees http, because a proxy may have removed the
	 * encryption; an http page is not where it sees https, because such a page can be
	 * forged on the way.
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

	private boolean isPublic(HostAndPort host) {
		return this.publicOrigin != null && host.host().equals(this.publicOrigin.authority().host());
	}

	private static Optional<HostAndPort> host(HttpServletRequest request) {
		return HostAndPort.parse(request.getHeader(HttpHeaders.HOST));
	}

}
