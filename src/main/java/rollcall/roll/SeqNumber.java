package rollcall.roll;

/**
 * The number of a presence that a reader has already.
 *
 * @param value 0 to {@value #MAX}; 0 for none
 */
record SeqNumber(long value) {

	/** The largest number of 18 digits: clients ask with it for no presence at all. */
	static final long MAX = 999_999_999_999_999_999L;

	static final String RULE = "must be a whole number from 0 to " + MAX;

	SeqNumber {
		if (value < 0 || value > MAX) {
			throw new IllegalArgumentException(RULE);
		}
	}

	/**
	 * Reads a number.
	 * @param text decimal digits
	 * @return the number
	 * @throws IllegalArgumentException if the text is not a whole number, or too large
	 */
	public static SeqNumber valueOf(String text) {
		return new SeqNumber(Digits.parse(text, RULE));
	}

}
