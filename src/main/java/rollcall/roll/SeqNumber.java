package rollcall.roll;

/**
 * The number of a presence that a reader has already. It has the bound of
 * {@link ClassId#MAX} for the same reason: every JSON reader keeps it exactly.
 *
 * @param value 0 to {@value ClassId#MAX}; 0 for none
 */
record SeqNumber(long value) {

	static final String RULE = "must be a whole number from 0 to " + ClassId.MAX;

	SeqNumber {
		if (value < 0 || value > ClassId.MAX) {
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
