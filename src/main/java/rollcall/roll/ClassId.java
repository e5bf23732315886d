package rollcall.roll;

/**
 * The number of a class. 0 is not a class: it marks a refusal.
 *
 * @param value 1 to {@value #MAX}
 */
public record ClassId(long value) {

	/** The largest class id: the largest integer that every JSON reader keeps exactly. */
	public static final long MAX = 9007199254740991L;

	/** The most digits that are read; the value always fits into a long. */
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
	 * Reads a whole number more strictly than the JDK, which also reads signs and the
	 * digits of other scripts.
	 * @param text 1 to 18 decimal digits
	 * @throws IllegalArgumentException if the text is anything else
	 */
	static long parseDigits(String text) {
		if (text.isEmpty() || text.length() > MAX_DIGITS || !text.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			throw new IllegalArgumentException("not a whole number");
		}
		return Long.parseLong(text);
	}

}
