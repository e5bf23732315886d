package rollcall.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * Makes the QR code of a link for a page that cannot make it itself.
 */
final class QrRows {

	/** The characters of the alphanumeric mode of QR, which needs fewer modules. */
	private static final Pattern ALPHANUMERIC = Pattern.compile("[0-9A-Z $%*+./:-]*");

	private static final int BITS_PER_DIGIT = 4;

	private QrRows() {
	}

	/**
	 * Makes the QR code.
	 * @param link a link whose scheme, host and path may be in capitals
	 * @return the rows of modules, each in hexadecimal digits; the first module of a row
	 * is the highest bit of its first digit, and a dark module is 1
	 */
	static List<String> of(String link) {
		String capitals = link.toUpperCase(Locale.ROOT);
		ByteMatrix modules = encode(ALPHANUMERIC.matcher(capitals).matches() ? capitals : link);
		List<String> rows = new ArrayList<>(modules.getHeight());
		for (byte[] row : modules.getArray()) {
			StringBuilder digits = new StringBuilder();
			for (int first = 0; first < row.length; first += BITS_PER_DIGIT) {
				int digit = 0;
				for (int x = first; x < first + BITS_PER_DIGIT; x++) {
					digit = digit << 1 | ((x < row.length) ? row[x] : 0);
				}
				digits.append(Character.forDigit(digit, 1 << BITS_PER_DIGIT));
			}
			rows.add(digits.toString());
		}
		return rows;
	}

	/**
	 * The lowest error correction gives the largest modules. A screen needs no more,
	 * because it has no dirt or damage.
	 */
	private static ByteMatrix encode(String text) {
		try {
			return Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix();
		}
		catch (WriterException ex) {
			throw new IllegalArgumentException("Too long for a QR code: " + text.length(), ex);
		}
	}

}
