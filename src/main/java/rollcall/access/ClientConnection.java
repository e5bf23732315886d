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
 * The other end of the TCP connection. {@code getRemoteAddr()} is no replacement: a valve
 * or a filter may have set it from a header. The address is read only when it is needed;
 * a presence never needs it.
 */
final class ClientConnection {

	private static final String ATTRIBUTE = ClientConnection.class.getName();

	/** Other headers than {@code X-Forwarded-…} that a proxy may add. */
	private static final Set<String> FORWARDED = Set.of("forwarded", "via", "x-real-ip");

	private static final String FORWARDED_PREFIX = "x-forwarded";

	private final Request request;

	private ClientConnection(Request request) {
		this.request = request;
	}

	/** Attaches the connection to its request. */
	static void remember(Request request) {
		request.setAttribute(ATTRIBUTE, new ClientConnection(request));
	}

	/**
	 * Whether the request comes from this machine, and not through a proxy.
	 * @param request the request as the application sees it
	 * @param proxies addresses of trusted proxies, which pass on requests of other
	 * clients
	 */
	static boolean isThisMachine(HttpServletRequest request, List<InetAddress> proxies) {
		InetAddress address = (request.getAttribute(ATTRIBUTE) instanceof ClientConnection connection)
				? connection.address() : null;
		return address != null && address.isLoopbackAddress() && !proxies.contains(address) && !isForwarded(request);
	}

	/**
	 * Whether a header says that a proxy has passed the request on. A proxy that adds no
	 * header cannot be recognised: its operator has to configure a teacher.
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

	/** The JDK turns an IPv4-mapped address into an IPv4 address. */
	private @Nullable InetAddress address() {
		String address = this.request.getPeerAddr();
		return (address != null) ? HostAndPort.address(address.replaceFirst("%.*", "")) : null;
	}

}
