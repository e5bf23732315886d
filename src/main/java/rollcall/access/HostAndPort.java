package rollcall.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The {@code host[:port]} of a Host header or an origin. An unusual form, such as a
 * trailing dot or a short form of an address, is refused and not interpreted.
 *
 * @param host in lower case; an IPv6 address is in brackets
 * @param port -1 if none was given
 */
record HostAndPort(String host, int port) {

	private static final Pattern FORM = Pattern
		.compile("(\\[[0-9a-fA-F:.]{2,45}]|[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?)(?::([0-9]{1,5}))?");

	private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

	private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");

	private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]*:[0-9a-f:.]*]");

	/** Returns the parsed text, empty if it has another form. */
	static Optional<HostAndPort> parse(@Nullable String text) {
		Matcher form = FORM.matcher((text != null) ? text : "");
		if (!form.matches()) {
			return Optional.empty();
		}
		String host = form.group(1).toLowerCase(Locale.ROOT);
		return Optional.of(new HostAndPort(host, (form.group(2) != null) ? Integer.parseInt(form.group(2)) : -1));
	}

	boolean isAddress() {
		return isAddress(this.host);
	}

	/** Whether the host is localhost or a loopback address. */
	boolean isLoopback() {
		return this.host.equals("localhost") || (isAddress() && address(this.host).isLoopbackAddress());
	}

	/** Whether the host is a name that only computers of the local network may know. */
	boolean isLocalName() {
		return !isAddress() && (this.host.indexOf('.') < 0 || this.host.endsWith(".local"));
	}

	/** Adds the default port of the scheme if none was given. */
	HostAndPort withDefaultPort(String scheme) {
		int defaultPort = scheme.equals("https") ? 443 : 80;
		return (this.port < 0) ? new HostAndPort(this.host, defaultPort) : this;
	}

	/** Whether the host is an IP address. Never asks the name service. */
	static boolean isAddress(String host) {
		if (IPV4.matcher(host).matches()) {
			return true;
		}
		try {
			return IPV6.matcher(host).matches() && InetAddress.getByName(host) != null;
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	/**
	 * Parses an IP address.
	 * @param host an IP address; IPv6 with or without brackets
	 */
	static InetAddress address(String host) {
		try {
			return InetAddress.getByName(host);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
