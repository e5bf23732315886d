package rollcall.roll;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * An enrolment number. It is text, so that leading zeros are kept.
 *
 * @param value 1 to 64 of {@code A–Z a–z 0–9 . _ -}, but not a single or a double dot: an
 * address cannot name these, so no teacher could remove such a student
 */
@JsonDeserialize(using = StudentId.Deserializer.class)
public record StudentId(String value) {

	private static final int MAX_LENGTH = 64;

	private static final char NEXT_LINE = 0x85;

	private static final char BYTE_ORDER_MARK = 0xFEFF;

	public StudentId {
		boolean valid = !value.isEmpty() && value.length() <= MAX_LENGTH && !value.equals(".") && !value.equals("..");
		for (int i = 0; valid && i < value.length(); i++) {
			valid = isAllowed(value.charAt(i));
		}
		if (!valid) {
			throw new IllegalArgumentException("not a student id");
		}
	}

	/**
	 * Reads a student id.
	 * @param text the id; white space around it is removed
	 * @return the student id
	 * @throws IllegalArgumentException if the text is not a student id
	 */
	public static StudentId valueOf(String text) {
		return new StudentId(strip(text));
	}

	/**
	 * Removes white space of every kind around a text. {@link String#strip} would keep
	 * no-break spaces, which many documents have between the cells of a table.
	 */
	static String strip(String text) {
		int start = 0;
		int end = text.length();
		while (start < end && isSpace(text.charAt(start))) {
			start++;
		}
		while (start < end && isSpace(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(start, end);
	}

	/** The white space of Unicode, and that of JavaScript, which the pages remove. */
	private static boolean isSpace(char c) {
		return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE || c == BYTE_ORDER_MARK;
	}

	private static boolean isAllowed(char c) {
		return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_'
				|| c == '-';
	}

	/**
	 * Reads a JSON string, or the digits of a whole number, because card readers and
	 * spreadsheets send numbers.
	 */
	static final class Deserializer extends StdDeserializer<StudentId> {

		Deserializer() {
			super(StudentId.class);
		}

		@Override
		public StudentId deserialize(JsonParser parser, DeserializationContext context) {
			JsonToken token = parser.currentToken();
			if (token == JsonToken.VALUE_STRING
					|| (token == JsonToken.VALUE_NUMBER_INT && parser.getString().charAt(0) != '-')) {
				try {
					return valueOf(parser.getString());
				}
				catch (IllegalArgumentException ex) {
					return context.reportInputMismatch(this, "not a student id");
				}
			}
			return (StudentId) context.handleUnexpectedToken(getValueType(context), parser);
		}

	}

}
