package rollcall.console;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import rollcall.console.Failure.ExitCode;

/** Reads typed lengths of time: {@code 10} or {@code 10m}, {@code 90s}, {@code 1h30m}. */
final class TypedDuration {

	private static final Pattern MINUTES = Pattern.compile("([0-9]{1,4})");

	private static final Pattern PARTS = Pattern.compile("(?:([0-9]{1,2})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,5})s)?");

	private static final Duration LONGEST = Duration.ofHours(24);

	private TypedDuration() {
	}

	/**
	 * Reads a length of time from one second to 24 hours. A number alone means minutes.
	 * @throws Failure if the text is not one
	 */
	static Duration parse(String typed) {
		String text = typed.strip();
		Matcher parts = PARTS.matcher(MINUTES.matcher(text).matches() ? text + "m" : text);
		if (parts.matches()) {
			Duration duration = Duration.ofHours(number(parts.group(1)))
				.plusMinutes(number(parts.group(2)))
				.plusSeconds(number(parts.group(3)));
			if (!duration.isZero() && duration.compareTo(LONGEST) <= 0) {
				return duration;
			}
		}
		throw new Failure(ExitCode.USAGE, "duration.invalid", typed);
	}

	private static int number(@Nullable String digits) {
		return (digits != null) ? Integer.parseInt(digits) : 0;
	}

}
