package rollcall.roll;

/**
 * The number of a class. 0 is no class: it is the sign of a refusal.
 *
 * @param value 1 to {@value #MAX}
 */
public record ClassId(long value) {

	/**
	 * The largest class id: the largest whole number that every JSON reader keeps
	 * exactly.
	 */
	public static final long MAX = 9007199254740991L;

	static final String RULE = "must be a whole number from 1 to " + MAX;

	public ClassId {
		if (value < 1 || value > MAX) {
			throw new IllegalArgumentException(RULE);
		}
	}

	/**
	 * Reads a class id.
	 * @param text decimal digits; nothing else is taken, so that no two spellings but
	 * leading zeros name one class
	 * @return the class id
	 * @throws IllegalArgumentException if the text is not a class id
	 */
	public static ClassId valueOf(String text) {
		return new ClassId(Digits.parse(text, RULE));
	}

}
