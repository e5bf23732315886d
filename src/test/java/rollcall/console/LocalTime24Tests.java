package rollcall.console;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The reader's zone, 24 hours, the reader's order of the date. */
class LocalTime24Tests {

	@ParameterizedTest
	@CsvSource({ "pt-BR, 07/03/2026 21:05:09", "es, 07/03/2026 21:05:09", "en-GB, 07/03/2026 21:05:09",
			"en-US, 03/07/2026 21:05:09", "en, 2026-03-07 21:05:09" })
	void dateInTheReadersOrderAndTimeOf24Hours(String tag, String shown) {
		LocalTime24 times = new LocalTime24(Locale.forLanguageTag(tag), ZoneId.of("America/Sao_Paulo"));
		assertThat(times.dateAndTime(Instant.parse("2026-03-08T00:05:09.123Z"))).isEqualTo(shown);
		assertThat(times.time(Instant.parse("2026-03-08T00:05:09.123Z"))).isEqualTo("21:05:09");
	}

}
