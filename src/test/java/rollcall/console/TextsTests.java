package rollcall.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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

import rollcall.PresenceReceipts;

import static org.assertj.core.api.Assertions.assertThat;

/** The choice of the language, complete translations, and the format of times. */
class TextsTests {

	private static final String[] NO_ARGS = {};

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d+}|%n|\n");

	private static final int NARROW_TERMINAL_COLUMNS = 80;

	@ParameterizedTest
	@CsvSource({ "Messages, pt", "Messages, es", "Help, pt", "Help, es" })
	void everyLanguageHasEveryTextWithTheSamePlaceholders(String bundle, String language) throws IOException {
		assertThat(placeholders(file(bundle + "_" + language))).isEqualTo(placeholders(file(bundle)));
	}

	/** MessageFormat would not replace the placeholders after an apostrophe. */
	@ParameterizedTest
	@ValueSource(strings = { "Messages", "Messages_pt", "Messages_es" })
	void noMessageHasAnApostrophe(String bundle) throws IOException {
		assertThat(file(bundle).values()).noneMatch((text) -> text.toString().contains("'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Messages", "Messages_pt", "Messages_es" })
	void everyReasonOfARefusalHasAText(String bundle) throws Exception {
		for (String reason : PresenceReceipts.reasons()) {
			assertThat(file(bundle)).containsKeys("refused." + reason, "not-recorded." + reason);
		}
	}

	/** A teacher who scans cards reads these texts. */
	@ParameterizedTest
	@ValueSource(strings = { "Messages", "Messages_pt", "Messages_es" })
	void noReasonSendsTheTeacherToTheTeacher(String bundle) throws Exception {
		for (String reason : PresenceReceipts.reasons()) {
			assertThat(file(bundle).getProperty("not-recorded." + reason)).doesNotContainPattern("teacher|profesor");
		}
	}

	/** The words of a language must not mean another status in English. */
	@ParameterizedTest
	@ValueSource(strings = { "en", "pt-BR", "es" })
	void everyStatusHasOneWordWithoutSpaces(String tag) {
		Texts texts = texts(Locale.forLanguageTag(tag));
		List<String> words = List.of("present", "late", "excused", "absent")
			.stream()
			.map((status) -> texts.get("status." + status))
			.toList();
		assertThat(words).doesNotHaveDuplicates().allMatch((word) -> word.matches("[a-z]+"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "pt-BR", "pt-PT", "pt" })
	void everyVariantOfPortugueseGetsPortuguese(String tag) {
		assertThat(texts(Locale.forLanguageTag(tag)).get("roll.present", 3)).isEqualTo("Presentes: 3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "en", "pt-BR", "es" })
	void theStatusLineFitsANarrowTerminal(String tag) {
		Texts texts = texts(Locale.forLanguageTag(tag));
		for (String key : List.of("call.status", "call.status-disconnected", "call.status-deadline", "call.ask",
				"call.ending", "watch.disconnected", "call.code", "call.code-none")) {
			assertThat(texts.get(key, key.startsWith("call.status") ? "300 of 300 (+12)" : "123456", "12:34:56"))
				.hasSizeLessThan(NARROW_TERMINAL_COLUMNS - 3);
		}
	}

	@Test
	void otherLanguagesGetEnglish() {
		assertThat(texts(Locale.JAPAN).get("roll.present", 3)).isEqualTo("Present: 3");
	}

	@Test
	void numbersAreNotGrouped() {
		assertThat(texts(Locale.ENGLISH).get("roll.none", 9007199254740991L)).contains("9007199254740991");
	}

	@Test
	void theFirstVariableThatIsSetDecidesTheLanguage() {
		assertThat(language(Map.of("LC_ALL", "es_MX.UTF-8", "LC_MESSAGES", "en_US.UTF-8", "LANG", "pt_BR.UTF-8")))
			.isEqualTo(Locale.forLanguageTag("es-MX"));
		assertThat(language(Map.of("LC_ALL", "", "LC_MESSAGES", "en_US.UTF-8", "LANG", "pt_BR.UTF-8")))
			.isEqualTo(Locale.US);
		assertThat(language(Map.of("LANG", "pt_BR@euro"))).isEqualTo(Locale.forLanguageTag("pt-BR"));
	}

	@Test
	void theDefaultLocaleIsUsedForTheLocaleC() {
		assertThat(language(Map.of("LANG", "C.UTF-8"))).isEqualTo(Locale.getDefault(Locale.Category.DISPLAY));
		assertThat(language(Map.of())).isEqualTo(Locale.getDefault(Locale.Category.DISPLAY));
	}

	@Test
	void lcTimeDecidesTheFormatOfDates() {
		Map<String, String> environment = Map.of("LC_TIME", "pt_BR.UTF-8", "LANG", "en_US.UTF-8");
		assertThat(language(environment)).isEqualTo(Locale.US);
		assertThat(Texts.dateLocale(NO_ARGS, environment::get)).isEqualTo(Locale.forLanguageTag("pt-BR"));
	}

	@Test
	void theOptionOverridesVariablesInBothForms() {
		Map<String, String> environment = Map.of("LC_ALL", "en_US.UTF-8");
		String[] apart = { "student", "--lang", "pt_BR", "42" };
		String[] together = { "student", "42", "--lang=es" };
		assertThat(Texts.language(apart, environment::get)).isEqualTo(Locale.forLanguageTag("pt-BR"));
		assertThat(Texts.dateLocale(together, environment::get)).isEqualTo(Locale.forLanguageTag("es"));
	}

	@ParameterizedTest
	@CsvSource({ "pt-BR, 07/03/2026 21:05:09", "es, 07/03/2026 21:05:09", "en-GB, 07/03/2026 21:05:09",
			"en-US, 03/07/2026 21:05:09", "en, 2026-03-07 21:05:09" })
	void aTimeIsInTheReadersZoneWithTheDateInTheReadersOrder(String tag, String shown) {
		Texts texts = new Texts(Locale.ENGLISH, Locale.forLanguageTag(tag), ZoneId.of("America/Sao_Paulo"));
		assertThat(texts.dateAndTime(Instant.parse("2026-03-08T00:05:09.123Z"))).isEqualTo(shown);
		assertThat(texts.time(Instant.parse("2026-03-08T00:05:09.123Z"))).isEqualTo("21:05:09");
	}

	private static Locale language(Map<String, String> environment) {
		return Texts.language(NO_ARGS, environment::get);
	}

	private static Texts texts(Locale locale) {
		return new Texts(locale, locale, ZoneOffset.UTC);
	}

	/** Reads the file alone: a bundle would use English for missing texts. */
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
