package rollcall.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;

/**
 * Draws a QR code in a terminal, two modules per character. It sets the colours black and
 * white itself, also for the white border, so that phones can read it on dark and light
 * terminals.
 */
final class QrCode {

	/**
	 * The colours 16 and 231 are always black and white: themes change only the colours 0
	 * to 15.
	 */
	private static final String BLACK_ON_WHITE = "\u001b[38;5;16;48;5;231m";

	private static final String RESET = "\u001b[0m";

	private static final int QUIET_ZONE_MODULES = 4;

	private QrCode() {
	}

	/** The lines of the picture of an address. Each sets and resets its colours. */
	static List<String> lines(String address) {
		BitMatrix modules = encode(capitals(address));
		List<String> lines = new ArrayList<>();
		for (int y = 0; y < modules.getHeight(); y += 2) {
			StringBuilder line = new StringBuilder(BLACK_ON_WHITE);
			for (int x = 0; x < modules.getWidth(); x++) {
				line.append(halves(modules.get(x, y), y + 1 < modules.getHeight() && modules.get(x, y + 1)));
			}
			lines.add(line.append(RESET).toString());
		}
		return lines;
	}

	/**
	 * The scheme and the host may be in capitals. If the rest has no small letters, the
	 * whole address needs fewer modules then, so phones read it from farther away.
	 */
	static String capitals(String address) {
		String upper = address.toUpperCase(Locale.ROOT);
		int path = address.indexOf('/', address.indexOf("//") + 2);
		return (path >= 0 && address.substring(path).equals(upper.substring(path))) ? upper : address;
	}

	/**
	 * The lowest error correction gives the largest modules. A screen needs no more,
	 * because it has no dirt or damage.
	 */
	private static BitMatrix encode(String text) {
		try {
			return new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, Map.of(EncodeHintType.ERROR_CORRECTION,
					ErrorCorrectionLevel.L, EncodeHintType.MARGIN, QUIET_ZONE_MODULES));
		}
		catch (WriterException ex) {
			throw new IllegalArgumentException("Too long for a QR code: " + text.length(), ex);
		}
	}

	private static char halves(boolean upper, boolean lower) {
		if (upper) {
			return lower ? '\u2588' : '\u2580';
		}
		return lower ? '\u2584' : ' ';
	}

}
