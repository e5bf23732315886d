package rollcall.roll;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a roll in an address. Only the usual form is read: {@link UUID#fromString}
 * takes shorter ones, too, and two spellings would name one roll.
 *
 * @param value the id
 */
record RollId(UUID value) {

	static final String RULE = "must be the id of a roll, such as 3f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c11";

	private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

	/**
	 * Reads an id.
	 * @param text the id as the server gave it
	 * @throws IllegalArgumentException if the text is not of that form
	 */
	public static RollId valueOf(String text) {
		if (!FORM.matcher(text).matches()) {
			throw new IllegalArgumentException(RULE);
		}
		return new RollId(UUID.fromString(text));
	}

}
