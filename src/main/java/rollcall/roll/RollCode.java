package rollcall.roll;

/**
 * A code as students read it from the screen: six letters of {@value #LETTERS}, which
 * have no vowels and so form no words.
 *
 * @param number the letters as a number to the base of 20, 0 to {@value #COUNT} - 1; -1
 * if a text is no code
 */
public record RollCode(int number) {

	/** The letters, in the order of their digits. */
	public static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

	/** The number of letters of a code. */
	public static final int LENGTH = 6;

	/** The number of different codes: 20 to the power of 6. */
	static final int COUNT = 64_000_000;

	private static final RollCode UNREADABLE = new RollCode(-1);

	/**
	 * Reads a code as people type it: upper and lower case, white space and dashes do not
	 * matter. A text that is no code gives a code that is never right.
	 */
	public static RollCode parse(String text) {
		int number = 0;
		int length = 0;
		for (int i = 0; i < text.length(); i++) {
			char typed = text.charAt(i);
			if (isSeparator(typed)) {
				continue;
			}
			int digit = LETTERS.indexOf(Character.toUpperCase(typed));
			if (digit < 0 || ++length > LENGTH) {
				return UNREADABLE;
			}
			number = number * LETTERS.length() + digit;
		}
		return (length == LENGTH) ? new RollCode(number) : UNREADABLE;
	}

	/** Whether a typed character only separates letters. */
	static boolean isSeparator(int typed) {
		return Character.isWhitespace(typed) || Character.isSpaceChar(typed)
				|| Character.getType(typed) == Character.DASH_PUNCTUATION
				|| Character.getType(typed) == Character.FORMAT;
	}

	/** Whether the text was a code, right or wrong. */
	public boolean isReadable() {
		return this.number >= 0;
	}

	/** Returns no part of the code, so that no log can contain it. */
	@Override
	public String toString() {
		return "RollCode";
	}

	/** The six letters in upper case. */
	public String letters() {
		char[] letters = new char[LENGTH];
		int rest = this.number;
		for (int i = LENGTH - 1; i >= 0; i--) {
			letters[i] = LETTERS.charAt(rest % LETTERS.length());
			rest /= LETTERS.length();
		}
		return new String(letters);
	}

}
