package rollcall.roll;

/**
 * The number of a presence that a reader has already.
 *
 * @param value 0 or more; 0 for none
 */
record SeqNumber(long value) {

	static final String RULE = "must be a whole number, 0 or more";

	/**
	 * Reads a number.
	 * @param text decimal digits
	 * @return the number
	 * @throws IllegalArgumentException if the text is not a whole number
	 */
	public static SeqNumber valueOf(String text) {
		return new SeqNumber(Digits.parse(text, RULE));
	}

}
