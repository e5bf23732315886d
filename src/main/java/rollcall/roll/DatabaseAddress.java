package rollcall.roll;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Where the shared database is and who asks.
 *
 * @param url the JDBC URL, perhaps with secrets
 * @param user the role, if it is not in the URL
 * @param password its password, if it is not in the URL
 */
record DatabaseAddress(String url, @Nullable String user, @Nullable String password) {

	private static final String JDBC = "jdbc:postgresql:";

	/**
	 * Reads {@code postgresql://user:password@host:port/database?parameters}, whose parts
	 * are percent-encoded, or a JDBC URL.
	 * @param address the address; in the first form there may be several hosts, with
	 * commas
	 * @return where it leads
	 * @throws IllegalArgumentException if it is of neither form; the address, which may
	 * hold a password, is not in the message
	 */
	static DatabaseAddress of(String address) {
		if (address.startsWith(JDBC)) {
			return new DatabaseAddress(address, null, null);
		}
		if (!address.startsWith("postgres://") && !address.startsWith("postgresql://")) {
			throw new IllegalArgumentException("it begins with neither postgresql:// nor " + JDBC);
		}
		String rest = address.substring(address.indexOf("//") + 2);
		int path = rest.indexOf('/');
		String authority = (path < 0) ? rest : rest.substring(0, path);
		int at = authority.lastIndexOf('@');
		String url = JDBC + "//" + authority.substring(at + 1) + ((path < 0) ? "/" : rest.substring(path));
		if (at < 0) {
			return new DatabaseAddress(url, null, null);
		}
		String[] login = authority.substring(0, at).split(":", 2);
		return new DatabaseAddress(url, decoded(login[0]), (login.length == 2) ? decoded(login[1]) : null);
	}

	/** Without what may be secret. */
	@Override
	public String toString() {
		int parameters = this.url.indexOf('?');
		String place = (parameters < 0) ? this.url : this.url.substring(0, parameters);
		return place.substring(JDBC.length()).replaceFirst("^//([^@/]*@)?", "");
	}

	/** A plus sign is a plus sign here. */
	private static String decoded(String part) {
		return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

}
