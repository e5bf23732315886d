package rollcall.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** All languages say everything, with the same placeholders. */
class TextsTests {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d+}|%n|\n");

	private static final int NARROW_TERMINAL_COLUMNS = 80;

	@ParameterizedTest
	@CsvSource({ "Messages, pt", "Messages, es", "Help, pt", "Help, es" })
	void everyTextIsThereInEveryLanguageWithTheSamePlaceholders(String bundle, String language) throws IOException {
		assertThat(placeholders(file(bundle + "_" + language))).isEqualTo(placeholders(file(bundle)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Messages", "Messages_pt", "Messages_es" })
	void noApostropheHidesAPlaceholder(String bundle) throws IOException {
		assertThat(file(bundle).values()).noneMatch((text) -> text.toString().contains("'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "pt-BR", "pt-PT", "pt" })
	void everyPortugueseReaderGetsPortuguese(String tag) {
		assertThat(new Texts(Locale.forLanguageTag(tag)).get("roll.present", 3)).isEqualTo("Presentes: 3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "en", "pt-BR", "es" })
	void theLastLineOfTheScreenNeverWraps(String tag) {
		Texts texts = new Texts(Locale.forLanguageTag(tag));
		for (String key : List.of("call.status", "call.status-away", "call.ask", "call.ending", "watch.away")) {
			assertThat(texts.get(key, "123456")).hasSizeLessThan(NARROW_TERMINAL_COLUMNS - 3);
		}
	}

	@Test
	void everyOtherReaderGetsEnglish() {
		assertThat(new Texts(Locale.JAPAN).get("roll.present", 3)).isEqualTo("Present: 3");
	}

	@Test
	void numbersAreNotGrouped() {
		assertThat(new Texts(Locale.ENGLISH).get("roll.none", 9007199254740991L)).contains("9007199254740991");
	}

	/** The file alone: a bundle would fill its gaps with English. */
	private static Properties file(String name) throws IOException {
		Properties texts = new Properties();
		InputStream file = Objects.requireNonNull(Texts.class.getResourceAsStream(name + ".properties"));
		try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
			texts.load(reader);
		}
		return texts;
	}

	private static Map<String, List<String>> placeholders(Properties texts) {
		Map<String, List<String>> placeholders = new TreeMap<>();
		texts.forEach((key, text) -> {
			List<String> found = new ArrayList<>();
			PLACEHOLDER.matcher(text.toString()).results().forEach((match) -> found.add(match.group()));
			found.sort(null);
			placeholders.put(key.toString(), found);
		});
		return placeholders;
	}

}
