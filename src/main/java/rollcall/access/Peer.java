package rollcall.access;

import java.net.InetAddress;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.Globals;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/**
 * The other end of the TCP connection. Not {@code getRemoteAddr()}, which a valve or a
 * filter may have set to what a header says; read only where it matters, which is not on
 * a student's way.
 */
final class Peer {

	private static final String ATTRIBUTE = Peer.class.getName();

	/** What proxies add if they are told to, with {@code X-Forwarded-…}. */
	private static final Set<String> FORWARDED = Set.of("forwarded", "via", "x-real-ip");

	private static final String FORWARDED_PREFIX = "x-forwarded";

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
		return address != null && HostAndPort.isLoopback(address) && !proxies.contains(address)
				&& !isForwarded(request);
	}

	/**
	 * Whether a header says that a proxy has passed it on. A proxy that adds no header
	 * cannot be recognised: whoever puts one in front has to configure a teacher.
	 */
	private static boolean isForwarded(HttpServletRequest request) {
		if (request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE) != null) {
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
		return (address != null) ? HostAndPort.address(address.replaceFirst("%.*", "")) : null;
	}

}
