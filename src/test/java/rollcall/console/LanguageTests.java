package rollcall.console;

import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who reads what, by the environment and by wish. */
class LanguageTests {

	private static final String[] NO_ARGS = {};

	@Test
	void theFirstVariableThatIsSetDecides() {
		assertThat(texts(Map.of("LC_ALL", "es_MX.UTF-8", "LC_MESSAGES", "en_US.UTF-8", "LANG", "pt_BR.UTF-8")))
			.isEqualTo(Locale.forLanguageTag("es-MX"));
		assertThat(texts(Map.of("LC_ALL", "", "LC_MESSAGES", "en_US.UTF-8", "LANG", "pt_BR.UTF-8")))
			.isEqualTo(Locale.US);
		assertThat(texts(Map.of("LANG", "pt_BR@euro"))).isEqualTo(Locale.forLanguageTag("pt-BR"));
	}

	@Test
	void theLocaleOfCNamesNoLanguage() {
		assertThat(texts(Map.of("LANG", "C.UTF-8"))).isEqualTo(Locale.getDefault(Locale.Category.DISPLAY));
		assertThat(texts(Map.of())).isEqualTo(Locale.getDefault(Locale.Category.DISPLAY));
	}

	@Test
	void datesMayFollowAnotherVariableThanTexts() {
		Map<String, String> environment = Map.of("LC_TIME", "pt_BR.UTF-8", "LANG", "en_US.UTF-8");
		assertThat(texts(environment)).isEqualTo(Locale.US);
		assertThat(Language.ofDates(NO_ARGS, environment::get)).isEqualTo(Locale.forLanguageTag("pt-BR"));
	}

	@Test
	void theOptionWinsInBothItsSpellings() {
		Map<String, String> environment = Map.of("LC_ALL", "en_US.UTF-8");
		String[] apart = { "student", "--lang", "pt_BR", "42" };
		String[] together = { "student", "42", "--lang=es" };
		assertThat(Language.ofTexts(apart, environment::get)).isEqualTo(Locale.forLanguageTag("pt-BR"));
		assertThat(Language.ofDates(together, environment::get)).isEqualTo(Locale.forLanguageTag("es"));
	}

	private static Locale texts(Map<String, String> environment) {
		return Language.ofTexts(NO_ARGS, environment::get);
	}

}
