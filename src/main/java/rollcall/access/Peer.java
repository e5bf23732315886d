package rollcall.access;

import java.net.InetAddress;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.Globals;
import org.apache.catalina.connector.Request;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/**
 * The other end of the TCP connection. Not {@code getRemoteAddr()}, which a valve or a
 * filter may have set to what a header says; read only where it matters, which is not on
 * a student's way.
 */
final class Peer {

	private static final String ATTRIBUTE = Peer.class.getName();

	private static final String FORWARDED_PREFIX = "x-forwarded";

	private static final Set<String> FORWARDED = Set.of("forwarded", "via", "x-real-ip", "x-client-ip",
			"x-cluster-client-ip", "x-originating-ip", "x-original-forwarded-for", "x-original-host", "x-remote-ip",
			"x-remote-addr", "x-envoy-external-address", "true-client-ip", "cf-connecting-ip", "fastly-client-ip",
			"client-ip");

	private final Request request;

	private Peer(Request request) {
		this.request = request;
	}

	/** Remembers the request as it came, before anything can have changed it. */
	static void remember(Request request) {
		request.setAttribute(ATTRIBUTE, new Peer(request));
	}

	/**
	 * Whether the request comes from this machine, straight.
	 * @param request the request as the application sees it
	 * @param proxies addresses behind which there are others
	 */
	static boolean isThisMachine(HttpServletRequest request, List<InetAddress> proxies) {
		InetAddress address = (request.getAttribute(ATTRIBUTE) instanceof Peer peer) ? peer.address() : null;
		return address != null && Authority.isLoopback(address) && !proxies.contains(address) && !isForwarded(request);
	}

	/**
	 * How many bytes of the body are here already. A stream's {@code available()} tells
	 * only whether there are any, and to open the stream would hide a form's fields.
	 */
	static int arrivedBytes(HttpServletRequest request) {
		if (!(request.getAttribute(ATTRIBUTE) instanceof Peer peer)) {
			return 0;
		}
		org.apache.coyote.Request arriving = peer.request.getCoyoteRequest();
		arriving.action(ActionCode.AVAILABLE, Boolean.FALSE);
		return arriving.getAvailable();
	}

	/**
	 * Whether anything says that somebody else has sent it. A proxy with nothing set is
	 * known by the old version that most of them speak then, and hardly anybody else.
	 */
	private static boolean isForwarded(HttpServletRequest request) {
		if (request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE) != null
				|| "HTTP/1.0".equals(request.getProtocol())) {
			return true;
		}
		for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements();) {
			String name = names.nextElement().toLowerCase(Locale.ROOT);
			if (name.startsWith(FORWARDED_PREFIX) || FORWARDED.contains(name)) {
				return true;
			}
		}
		return false;
	}

	private @Nullable InetAddress address() {
		String address = this.request.getPeerAddr();
		return (address != null) ? Authority.address(address.replaceFirst("%.*", "")) : null;
	}

}
