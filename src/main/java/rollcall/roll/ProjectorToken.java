package rollcall.roll;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The secret in the address of a projector's page. It is short, so that a teacher can
 * type it.
 *
 * @param value eight of the letters {@value RollCode#LETTERS}
 */
public record ProjectorToken(String value) {

	private static final int LENGTH = 8;

	private static final Pattern FORM = Pattern.compile("[" + RollCode.LETTERS + "]{" + LENGTH + "}");

	private static final SecureRandom RANDOM = new SecureRandom();

	/** Returns a new token that nobody can predict. */
	static ProjectorToken random() {
		StringBuilder value = new StringBuilder(LENGTH);
		for (int i = 0; i < LENGTH; i++) {
			value.append(RollCode.LETTERS.charAt(RANDOM.nextInt(RollCode.LETTERS.length())));
		}
		return new ProjectorToken(value.toString());
	}

	/**
	 * Reads a token as people type it, like a code: case, white space and dashes do not
	 * matter. Empty if it has another form.
	 */
	public static Optional<ProjectorToken> parse(String typed) {
		StringBuilder letters = new StringBuilder();
		typed.codePoints().filter((each) -> !RollCode.isSeparator(each)).forEach(letters::appendCodePoint);
		String value = letters.toString().toUpperCase(Locale.ROOT);
		return FORM.matcher(value).matches() ? Optional.of(new ProjectorToken(value)) : Optional.empty();
	}

	/** The form in which the store keeps the token, so that a backup does not show it. */
	String hash() {
		try {
			byte[] bytes = this.value.getBytes(StandardCharsets.US_ASCII);
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Returns no part of the secret, so that no log can contain it. */
	@Override
	public String toString() {
		return "ProjectorToken";
	}

}
