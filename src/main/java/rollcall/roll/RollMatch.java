package rollcall.roll;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which roll of a class is meant: the {@code If-Match} header of RFC 9110, whose entity
 * tags are roll ids.
 *
 * @param any whether whatever roll is open is meant
 * @param rollIds the rolls that were named otherwise; a tag that is no roll's id names
 * nothing
 */
record RollMatch(boolean any, List<UUID> rollIds) {

	static final RollMatch ANY = new RollMatch(true, List.of());

	static final String RULE = "must be *, or entity tags in double quotes such as \"<rollId>\", separated by commas";

	private static final String ROLL_ID = "\"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\"";

	private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\"";

	private static final Pattern EACH_TAG = Pattern.compile(TAG);

	private static final Pattern TAGS = Pattern.compile("\\s*" + TAG + "(?:\\s*,\\s*" + TAG + ")*+\\s*");

	/**
	 * Reads the header.
	 * @param ifMatch its value
	 * @return what it names; a weak tag names nothing, because {@code If-Match} compares
	 * strongly
	 * @throws IllegalArgumentException if it is not of the header's form
	 */
	public static RollMatch valueOf(String ifMatch) {
		if (ifMatch.strip().equals("*")) {
			return ANY;
		}
		if (!TAGS.matcher(ifMatch).matches()) {
			throw new IllegalArgumentException(RULE);
		}
		List<UUID> rollIds = new ArrayList<>();
		Matcher tag = EACH_TAG.matcher(ifMatch);
		while (tag.find()) {
			if (tag.group().matches(ROLL_ID)) {
				rollIds.add(UUID.fromString(tag.group().substring(1, tag.group().length() - 1)));
			}
		}
		return new RollMatch(false, rollIds);
	}

	boolean includes(UUID rollId) {
		return this.any || this.rollIds.contains(rollId);
	}

}
