package rollcall.console;

import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a server, and the addresses that are made from it.
 *
 * @param base an absolute http or https URI without a slash at its end
 * @param host its name or IP address, separate because {@link URI} knows no host with an
 * underscore
 */
record ServerAddress(URI base, String host) {

	private static final Pattern NAME_WITH_UNDERSCORE = Pattern.compile("([A-Za-z0-9._-]+)(:[0-9]{1,5})?");

	/**
	 * Reads a typed address; {@code school:8080} means {@code http://school:8080}.
	 * @throws Failure if it is not an address of a server
	 */
	static ServerAddress parse(String typed) {
		String text = typed.contains("://") ? typed : "http://" + typed;
		int scheme = text.indexOf(':');
		try {
			URI uri = new URI(text.substring(0, scheme).toLowerCase(Locale.ROOT)
					+ text.substring(scheme).replaceFirst("/+$", ""));
			boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
			String host = hostOf(uri);
			if (web && !host.isEmpty() && uri.getQuery() == null && uri.getFragment() == null
					&& uri.getUserInfo() == null && uri.toURL().getPort() <= 65535) {
				return new ServerAddress(uri, host);
			}
		}
		catch (URISyntaxException | MalformedURLException | IllegalArgumentException ex) {
			// Reported below, like every other wrong address.
		}
		throw new Failure(Failure.ExitCode.USAGE, "address.invalid", typed);
	}

	/** Returns the host; empty if there is none. */
	private static String hostOf(URI uri) {
		if (uri.getHost() != null) {
			return uri.getHost();
		}
		String authority = (uri.getRawAuthority() != null) ? uri.getRawAuthority() : "";
		Matcher name = NAME_WITH_UNDERSCORE.matcher(authority);
		return name.matches() ? name.group(1) : "";
	}

	URI resolve(String path) {
		return URI.create(this.base + path);
	}

	/** The WebSocket address of the live topics. */
	URI webSocket() {
		return withKnownHost(resolve("/ws").toString().replaceFirst("^http", "ws"));
	}

	/**
	 * An address for clients that refuse a name with an underscore, such as Tomcat's
	 * WebSocket client. The IP address takes the place of such a name.
	 */
	URI withKnownHost(String address) {
		if (this.base.getHost() != null) {
			return URI.create(address);
		}
		try {
			return URI.create(
					address.replaceFirst(Pattern.quote(this.host), InetAddress.getByName(this.host).getHostAddress()));
		}
		catch (UnknownHostException ex) {
			// The connection fails, and the next attempt asks again.
			return URI.create(address);
		}
	}

	boolean isEncrypted() {
		return "https".equals(this.base.getScheme());
	}

	boolean isThisMachine() {
		try {
			return InetAddress.getByName(this.host).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	@Override
	public String toString() {
		return this.base.toString();
	}

}
