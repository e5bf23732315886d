package rollcall.roll;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The network of a client, for limits on guessing. Public, because {@code access} and
 * {@code pages} limit guesses, too.
 */
public final class ClientNetwork {

	private static final int NETWORK_BYTES = 8;

	private static final int MAX_LENGTH = 64;

	private ClientNetwork() {
	}

	/**
	 * Returns the client's IPv4 address, or the first 64 bits of its IPv6 address,
	 * because a machine can choose the other bits itself. A trusted proxy may forward any
	 * text as the address; such a text counts as a network of its own.
	 */
	public static String of(HttpServletRequest request) {
		String address = request.getRemoteAddr();
		String text = address.substring(0, Math.min(address.length(), MAX_LENGTH));
		if (text.indexOf(':') < 0) {
			return text;
		}
		try {
			// In brackets it is never taken for a name, so the name service is not asked.
			InetAddress parsed = InetAddress.getByName("[" + text.replaceFirst("%.*", "") + "]");
			return (parsed instanceof Inet6Address) ? Arrays.toString(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
					: parsed.getHostAddress();
		}
		catch (UnknownHostException ex) {
			return text;
		}
	}

}
