package rollcall.roll;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The rolls that the {@code If-Match} header of a request names (RFC 9110). Its entity
 * tags are roll ids.
 *
 * @param any true for {@code *}: the request is for any roll of the class
 * @param rollIds the named rolls, if {@code any} is false; without tags that are not roll
 * ids
 */
record RollMatch(boolean any, List<UUID> rollIds) {

	/** Any roll of the class: {@code *}, or a request without the header. */
	static final RollMatch ANY = new RollMatch(true, List.of());

	private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\"";

	private static final Pattern EACH_TAG = Pattern.compile(TAG);

	private static final Pattern TAGS = Pattern.compile("\\s*" + TAG + "(?:\\s*,\\s*" + TAG + ")*+\\s*");

	/**
	 * Reads the header.
	 * @param ifMatch its value
	 * @return the rolls that it names; a weak tag names none, because {@code If-Match}
	 * compares strongly
	 * @throws IllegalArgumentException if it breaks the syntax of the header
	 */
	public static RollMatch valueOf(String ifMatch) {
		if (ifMatch.strip().equals("*")) {
			return ANY;
		}
		if (!TAGS.matcher(ifMatch).matches()) {
			throw new IllegalArgumentException("not a list of entity tags");
		}
		List<UUID> rollIds = new ArrayList<>();
		Matcher tag = EACH_TAG.matcher(ifMatch);
		while (tag.find()) {
			String text = tag.group().substring(1, tag.group().length() - 1);
			if (RollId.isValid(text)) {
				rollIds.add(UUID.fromString(text));
			}
		}
		return new RollMatch(false, rollIds);
	}

	/** The rolls that an optional header names: without it, any roll. */
	static RollMatch orAny(@Nullable RollMatch header) {
		return (header != null) ? header : ANY;
	}

	boolean includes(UUID rollId) {
		return this.any || this.rollIds.contains(rollId);
	}

}
