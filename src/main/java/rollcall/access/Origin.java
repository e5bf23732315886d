package rollcall.access;

import java.util.Locale;
import java.util.Optional;

/**
 * An origin of the web as browsers send it, {@code scheme://host[:port]}.
 *
 * @param scheme http or https
 * @param authority the host, with the scheme's usual port if none was given
 */
record Origin(String scheme, HostAndPort authority) {

	private static final String SEPARATOR = "://";

	/** Empty if the text is no origin of a page; paths are not part of one. */
	static Optional<Origin> parse(String text) {
		int end = text.indexOf(SEPARATOR);
		String scheme = (end < 0) ? "" : text.substring(0, end).toLowerCase(Locale.ROOT);
		if (!scheme.equals("http") && !scheme.equals("https")) {
			return Optional.empty();
		}
		return HostAndPort.parse(text.substring(end + SEPARATOR.length())).map((host) -> of(scheme, host));
	}

	static Origin of(String scheme, HostAndPort host) {
		return new Origin(scheme, host.on(scheme));
	}

	boolean isEncrypted() {
		return this.scheme.equals("https");
	}

}
