package rollcall.roll;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a roll in a URL. Only the full form is accepted: {@link UUID#fromString} also
 * accepts shorter forms, and one roll would have several URLs.
 *
 * @param value the id
 */
record RollId(UUID value) {

	private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

	/**
	 * Reads an id.
	 * @param text the id as the server gave it
	 * @throws IllegalArgumentException if the text is not of that form
	 */
	public static RollId valueOf(String text) {
		if (!isValid(text)) {
			throw new IllegalArgumentException("not a roll id");
		}
		return new RollId(UUID.fromString(text));
	}

	static boolean isValid(String text) {
		return FORM.matcher(text).matches();
	}

}
