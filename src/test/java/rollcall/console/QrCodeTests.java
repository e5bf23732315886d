package rollcall.console;

import java.util.List;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Decodes the printed characters like the picture of a camera. */
class QrCodeTests {

	private static final String ADDRESS = "http://192.168.100.100:8080/9007199254740991";

	private static final int PIXELS_PER_MODULE = 4;

	@Test
	void theAddressIsDecodedFromTheCharacters() throws Exception {
		BinaryBitmap picture = new BinaryBitmap(new HybridBinarizer(new Pixels(characters(ADDRESS))));
		assertThat(new QRCodeReader().decode(picture).getText()).isEqualTo(ADDRESS.replace("http", "HTTP"));
	}

	/** A path in capitals would be another page. */
	@ParameterizedTest
	@CsvSource({ "http://192.168.1.5:8080/42/BCDFGH, HTTP://192.168.1.5:8080/42/BCDFGH",
			"https://roll.example.org/42, HTTPS://ROLL.EXAMPLE.ORG/42",
			"https://example.org/roll/42, https://example.org/roll/42", "https://example.org, https://example.org" })
	void anAddressIsInCapitalsIfItStaysTheSame(String address, String drawn) {
		assertThat(QrCode.capitals(address)).isEqualTo(drawn);
	}

	/** In small letters this address would need 29 modules. */
	@Test
	void theAddressWithACodeNeeds25Modules() {
		assertThat(characters("http://192.168.100.100:8080/42/BCDFGH")).allMatch((line) -> line.length() == 25 + 2 * 4);
	}

	@Test
	void theQuietZoneHasFourWhiteModules() {
		List<String> lines = characters(ADDRESS);
		assertThat(lines.subList(0, 2)).allMatch(String::isBlank);
		assertThat(lines.get(lines.size() - 1)).isBlank();
		assertThat(lines).allMatch((line) -> line.startsWith("    ") && line.endsWith("    "));
	}

	@Test
	void everyLineSetsAndResetsItsColours() {
		assertThat(QrCode.lines(ADDRESS))
			.allMatch((line) -> line.startsWith("\u001b[38;5;16;48;5;231m") && line.endsWith("\u001b[0m"));
	}

	@Test
	void aClassroomAddressFitsASmallTerminal() {
		assertThat(QrCode.lines("http://192.168.100.100:8080/42")).hasSizeLessThan(20);
	}

	private static List<String> characters(String address) {
		return QrCode.lines(address).stream().map((line) -> line.replaceAll("\u001b\\[[\\d;]*m", "")).toList();
	}

	/** The half blocks as dark and light pixels. */
	private static final class Pixels extends LuminanceSource {

		private final List<String> lines;

		Pixels(List<String> lines) {
			super(lines.get(0).length() * PIXELS_PER_MODULE, lines.size() * 2 * PIXELS_PER_MODULE);
			this.lines = lines;
		}

		@Override
		public byte[] getRow(int y, byte[] row) {
			byte[] pixels = new byte[getWidth()];
			int module = y / PIXELS_PER_MODULE;
			String dark = (module % 2 == 0) ? "\u2580\u2588" : "\u2584\u2588";
			for (int x = 0; x < pixels.length; x++) {
				char character = this.lines.get(module / 2).charAt(x / PIXELS_PER_MODULE);
				pixels[x] = (byte) ((dark.indexOf(character) >= 0) ? 0 : 255);
			}
			return pixels;
		}

		@Override
		public byte[] getMatrix() {
			byte[] matrix = new byte[getWidth() * getHeight()];
			for (int y = 0; y < getHeight(); y++) {
				System.arraycopy(getRow(y, new byte[0]), 0, matrix, y * getWidth(), getWidth());
			}
			return matrix;
		}

	}

}
