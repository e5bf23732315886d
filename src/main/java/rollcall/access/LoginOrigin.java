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

	static LoginOrigin of(HttpServletRequest request) {
		Cookie device = WebUtils.getCookie(request, DeviceCookie.NAME);
		return new LoginOrigin(network(request.getRemoteAddr()), (device != null) ? device.getValue() : null);
	}

	private static String network(String address) {
		if (address.indexOf(':') < 0) {
			return address;
		}
		InetAddress parsed = HostAndPort.address(address.replaceFirst("%.*", ""));
		return (parsed instanceof Inet6Address) ? Arrays.toString(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
				: parsed.getHostAddress();
	}

}
