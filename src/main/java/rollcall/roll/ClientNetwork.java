package rollcall.roll;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The network of a client, for limits on guessing. Public, because {@code access} and
 * {@code pages} have such limits, too.
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
	 * @param address the remote address of a request
	 */
	public static String of(String address) {
		String bare = address.replaceFirst("%.*", "");
		try {
			if (bare.indexOf(':') >= 0) {
				// With brackets and a colon, the name service is never asked.
				InetAddress parsed = InetAddress.getByName("[" + bare + "]");
				return (parsed instanceof Inet6Address)
						? Arrays.toString(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES)) : parsed.getHostAddress();
			}
		}
		catch (UnknownHostException ex) {
			// It is another text.
		}
		return address.substring(0, Math.min(address.length(), MAX_LENGTH));
	}

}
