package rollcall.pages;

import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class QrRowsTests {

	@ParameterizedTest
	@CsvSource({ "http://192.168.1.5:8080/42/BCDFGH, HTTP://192.168.1.5:8080/42/BCDFGH, 25",
			"https://roll.example.org/42, HTTPS://ROLL.EXAMPLE.ORG/42, 25", "http://[fe80::1]:8080/42, -, 25",
			"http://lab_pc:8080/9007199254740991/BCDFGH, -, 29",
			"https://rollcall.some-university.example.edu:8443/9007199254740991/BCDFGH, "
					+ "HTTPS://ROLLCALL.SOME-UNIVERSITY.EXAMPLE.EDU:8443/9007199254740991/BCDFGH, 29" })
	void aScannerReadsTheLinkInTheShortestMode(String link, String read, int size) {
		List<String> rows = modules(link);
		assertThat(QrPicture.read(rows)).isEqualTo(read.equals("-") ? link : read);
		assertThat(rows).hasSize(size);
	}

	@Test
	void allCodesOfARollHaveTheSameSize() {
		assertThat(List.of("BCDFGH", "ZZZZZZ", "WWWWWW", "JKLMNP"))
			.allSatisfy((code) -> assertThat(QrRows.of("http://192.168.1.5:8080/42/" + code)).hasSize(25));
	}

	/** The rows as digits 0 and 1. */
	private static List<String> modules(String link) {
		List<String> rows = QrRows.of(link);
		return rows.stream()
			.map((row) -> row.chars()
				.mapToObj((digit) -> Integer.toBinaryString(16 + Character.digit(digit, 16)).substring(1))
				.collect(Collectors.joining())
				.substring(0, rows.size()))
			.toList();
	}

}
