package rollcall.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.WebUtils;

/**
 * Where a login attempt comes from.
 *
 * @param address the client's IPv4 address, or the first 64 bits of its IPv6 address: a
 * single machine may choose the rest
 * @param device the value of the device cookie as it was sent, null without one
 */
record LoginOrigin(String address, @Nullable String device) {

	private static final int NETWORK_BYTES = 8;

	private static final int MAX_LENGTH = 64;

	static LoginOrigin of(HttpServletRequest request) {
		Cookie device = WebUtils.getCookie(request, DeviceCookie.NAME);
		return new LoginOrigin(network(request.getRemoteAddr()), (device != null) ? device.getValue() : null);
	}

	/**
	 * The network of an address. A trusted proxy may pass on any text in its header,
	 * which then counts as an address of its own.
	 */
	private static String network(String address) {
		String bare = address.replaceFirst("%.*", "");
		if (!HostAndPort.isAddress("[" + bare + "]")) {
			return address.substring(0, Math.min(address.length(), MAX_LENGTH));
		}
		InetAddress parsed = HostAndPort.address(bare);
		return (parsed instanceof Inet6Address) ? Arrays.toString(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
				: parsed.getHostAddress();
	}

}
