package rollcall.roll.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * The address of the shared database and the login for it.
 *
 * @param url the JDBC URL, which may contain secrets
 * @param user the role, if it is not in the URL
 * @param password its password, if it is not in the URL
 */
record DatabaseAddress(String url, @Nullable String user, @Nullable String password) {

	private static final String JDBC = "jdbc:postgresql:";

	private static final String HOST = "(?:[A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?";

	private static final String DATABASE = "[^@:/?#]*";

	/**
	 * Hosts, database and parameters. A part of a password that was not percent-encoded,
	 * and was therefore read as a host or database, does not match.
	 */
	private static final Pattern PLACE = Pattern
		.compile("(?://(?:" + HOST + "(?:," + HOST + ")*)?/?|/)?" + DATABASE + "(?:\\?.*)?");

	/**
	 * Reads {@code postgresql://user:password@host:port/database?parameters}, whose parts
	 * are percent-encoded, or a JDBC URL.
	 * @param address the address; the first form may have several hosts, separated by
	 * commas
	 * @return the address and the login
	 * @throws IllegalArgumentException if it has neither form; the message does not
	 * contain the address, which may contain a password
	 */
	static DatabaseAddress of(String address) {
		if (address.startsWith(JDBC)) {
			return new DatabaseAddress(checked(address), null, null);
		}
		if (!address.startsWith("postgres://") && !address.startsWith("postgresql://")) {
			throw new IllegalArgumentException("it begins with neither postgresql:// nor " + JDBC);
		}
		String rest = address.substring(address.indexOf("//") + 2);
		int path = rest.indexOf('/');
		String authority = (path < 0) ? rest : rest.substring(0, path);
		int at = authority.lastIndexOf('@');
		String url = checked(JDBC + "//" + authority.substring(at + 1) + ((path < 0) ? "/" : rest.substring(path)));
		if (at < 0) {
			return new DatabaseAddress(url, null, null);
		}
		String[] login = authority.substring(0, at).split(":", 2);
		return new DatabaseAddress(url, decoded(login[0]), (login.length == 2) ? decoded(login[1]) : null);
	}

	/** The hosts and the database, without secrets. */
	@Override
	public String toString() {
		int parameters = this.url.indexOf('?');
		String place = (parameters < 0) ? this.url : this.url.substring(0, parameters);
		return place.substring(JDBC.length()).replaceFirst("^//", "");
	}

	/**
	 * Checks the URL before the driver does: the messages of the driver repeat the whole
	 * URL, with its secrets.
	 */
	private static String checked(String url) {
		if (!PLACE.matcher(url.substring(JDBC.length())).matches()) {
			throw new IllegalArgumentException("a host or the database name contains a character that is not allowed. "
					+ "In the role and the password write @ as %40, / as %2F, : as %3A, ? as %3F, # as %23, % as %25");
		}
		if (Driver.parseURL(url, null) == null) {
			throw new IllegalArgumentException("its port or its parameters cannot be read");
		}
		return url;
	}

	/** Decodes percent-encoded characters only: a plus sign stays a plus sign. */
	private static String decoded(String part) {
		try {
			return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// The message of the cause repeats a part of the password.
			throw new IllegalArgumentException(
					"a % in the role or the password is not followed by two hexadecimal digits. Write % as %25");
		}
	}

}
