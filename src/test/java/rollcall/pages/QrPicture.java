package rollcall.pages;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import com.microsoft.playwright.Locator;

/**
 * Reads QR codes of the pages like a scanner.
 */
final class QrPicture {

	/** Width of the white border that scanners need, in modules. */
	private static final int QUIET_ZONE = 4;

	private static final Pattern MODULE = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z");

	private QrPicture() {
	}

	/** Returns the text of the QR code in an SVG element, empty if it shows none. */
	static String read(Locator svg) {
		String box = svg.getAttribute("viewBox");
		if (box == null) {
			return "";
		}
		BitMatrix modules = new BitMatrix(Integer.parseInt(box.split(" ")[2]) - 2 * QUIET_ZONE);
		String path = svg.locator("path").getAttribute("d");
		for (MatchResult module : MODULE.matcher(path).results().toList()) {
			modules.set(Integer.parseInt(module.group(1)) - QUIET_ZONE, Integer.parseInt(module.group(2)) - QUIET_ZONE);
		}
		return decode(modules);
	}

	/** Returns the text of a QR code from its rows, each a text of 0 and 1. */
	static String read(List<?> rows) {
		BitMatrix modules = new BitMatrix(rows.size());
		for (int y = 0; y < rows.size(); y++) {
			String row = String.valueOf(rows.get(y));
			for (int x = 0; x < row.length(); x++) {
				if (row.charAt(x) == '1') {
					modules.set(x, y);
				}
			}
		}
		return decode(modules);
	}

	private static String decode(BitMatrix modules) {
		try {
			return new Decoder().decode(modules).getText();
		}
		catch (Exception ex) {
			throw new AssertionError("No scanner can read the QR code", ex);
		}
	}

}
