package rollcall.proof;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Reads the contract's instants, and only those: UTC with milliseconds, such as
 * {@code 2026-03-02T08:00:00.123Z}.
 */
final class Instants {

	private static final Pattern FORM = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

	private Instants() {
	}

	static Instant read(String text) {
		if (!FORM.matcher(text).matches()) {
			throw new IllegalArgumentException("not UTC with milliseconds: " + text);
		}
		return Instant.parse(text);
	}

}
