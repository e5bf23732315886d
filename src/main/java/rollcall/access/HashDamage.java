package rollcall.access;

import java.util.Arrays;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What shells and files with settings do to a password hash, and what to write instead.
 * The explanation never repeats the value, because it may be a password.
 */
enum HashDamage {

	QUOTED("['\"].*|.*['\"]", """
			: it is in quotes, which are part of the value here. Remove them: only a shell takes quotes away"""),

	ESCAPED(".*\\\\\\$.*", """
			: it has backslashes before $, which are part of the value here. Remove them"""),

	DOUBLED(".*\\$\\$.*", """
			: its $ are doubled, as only compose.yaml needs it. Write each $ once"""),

	/** {@code "$2a$10$x"} becomes {@code a0}: a shell reads variables in it. */
	EXPANDED("\\{bcrypt}(?!\\$2).*|[aby][0-9].*", """
			: a shell has replaced the parts that begin with $. \
			Write the hash in single quotes: '{bcrypt}$2a$10$...'""");

	private final Pattern pattern;

	private final String explanation;

	HashDamage(String pattern, String explanation) {
		this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
		this.explanation = explanation;
	}

	/** The end of a sentence, empty if nothing is known. */
	static String explain(@Nullable String value) {
		return Arrays.stream(values())
			.filter((damage) -> value != null && damage.pattern.matcher(value).matches())
			.map((damage) -> damage.explanation)
			.findFirst()
			.orElse("");
	}

}
