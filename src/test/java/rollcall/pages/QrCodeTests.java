package rollcall.pages;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QrCodeTests {

	private static final Pattern VIEW_BOX = Pattern.compile("viewBox=\"0 0 (\\d+) \\1\"");

	private static final Pattern MODULE = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z");

	@Test
	void scannerReadsTheAddress() throws Exception {
		String address = "http://192.168.100.200:8080/9007199254740991";
		String svg = QrCode.svg(address);
		int size = VIEW_BOX.matcher(svg)
			.results()
			.map((box) -> Integer.valueOf(box.group(1)))
			.findFirst()
			.orElseThrow();
		BitMatrix modules = new BitMatrix(size - 8);
		for (MatchResult module : MODULE.matcher(svg).results().toList()) {
			modules.set(Integer.parseInt(module.group(1)) - 4, Integer.parseInt(module.group(2)) - 4);
		}
		assertThat(new Decoder().decode(modules).getText()).isEqualTo(address);
	}

}
