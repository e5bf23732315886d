package rollcall.console;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Where the server is.
 *
 * @param base an absolute http or https URI without a slash at its end
 */
record ServerAddress(URI base) {

	/**
	 * Reads what was typed; {@code school:8080} is taken for {@code http://school:8080}.
	 */
	static ServerAddress parse(String typed) {
		String text = typed.contains("://") ? typed : "http://" + typed;
		int scheme = text.indexOf(':');
		try {
			URI uri = new URI(text.substring(0, scheme).toLowerCase(Locale.ROOT)
					+ text.substring(scheme).replaceFirst("/+$", ""));
			boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
			if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null
					&& uri.getUserInfo() == null && uri.getPort() <= 65535) {
				return new ServerAddress(uri);
			}
		}
		catch (URISyntaxException ex) {
			// told below, like every other address that is none
		}
		throw new Failure(ExitCode.USAGE, "address.invalid", typed);
	}

	URI resolve(String path) {
		return URI.create(this.base + path);
	}

	/** The address of the live topics' endpoint. */
	URI webSocket() {
		return URI.create(this.base.toString().replaceFirst("^http", "ws") + "/ws");
	}

	boolean isEncrypted() {
		return "https".equals(this.base.getScheme());
	}

	boolean isThisMachine() {
		try {
			return InetAddress.getByName(this.base.getHost()).isLoopbackAddress();
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
