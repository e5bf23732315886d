package rollcall.roll;

/**
 * Reads whole numbers from requests more strictly than the JDK, which takes signs,
 * hexadecimals and other scripts' digits.
 */
final class Digits {

	private Digits() {
	}

	static long parse(String text, String rule) {
		if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			throw new IllegalArgumentException(rule);
		}
		return Long.parseLong(text);
	}

}
