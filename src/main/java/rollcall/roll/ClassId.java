package rollcall.roll;

/**
 * The number of a class. 0 is not a class: it marks a refusal.
 *
 * @param value 1 to {@value #MAX}
 */
public record ClassId(long value) {

	/**
	 * The largest class id, 2^53 - 1: every JSON parser reads integers up to this one
	 * exactly.
	 */
	public static final long MAX = 9007199254740991L;

	/** The maximum number of digits. Each number of this length fits into a long. */
	private static final int MAX_DIGITS = 18;

	public ClassId {
		if (value < 1 || value > MAX) {
			throw new IllegalArgumentException("not a class id");
		}
	}

	/**
	 * Reads a class id.
	 * @param text decimal digits; signs and other notations are refused
	 * @return the class id
	 * @throws IllegalArgumentException if the text is not a class id
	 */
	public static ClassId valueOf(String text) {
		return new ClassId(parseDigits(text));
	}

	/**
	 * Reads a class id as people type it.
	 * @param typed decimal digits; white space around them is removed
	 * @return the class id
	 * @throws IllegalArgumentException if the text is not a class id
	 */
	public static ClassId typed(String typed) {
		return valueOf(StudentId.strip(typed));
	}

	/**
	 * Reads a whole number. {@link Long#parseLong} would also accept signs and the digits
	 * of other scripts.
	 * @param text 1 to {@value #MAX_DIGITS} decimal digits
	 * @return the number
	 * @throws IllegalArgumentException if the text is anything else
	 */
	static long parseDigits(String text) {
		if (text.isEmpty() || text.length() > MAX_DIGITS || !text.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			throw new IllegalArgumentException("not a whole number");
		}
		return Long.parseLong(text);
	}

}
