package rollcall.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The message files of the problems. */
class MessagesTests {

	private static final Set<String> RULES = Set.of("rule.classId", "rule.studentId", "rule.after", "rule.If-Match");

	@ParameterizedTest
	@ValueSource(strings = { "", "_pt", "_es" })
	void problemsHaveTitlesAndDetailsAndFieldsHaveRules(String language) throws IOException {
		Properties messages = messages(language);
		Set<String> expected = new TreeSet<>(RULES);
		for (ProblemType type : ProblemType.values()) {
			expected.add("title." + type.code());
			expected.add("detail." + type.code());
		}
		assertThat(messages.stringPropertyNames()).containsAll(expected);
		assertThat(messages.values()).allSatisfy((text) -> assertThat((String) text).isNotBlank());
	}

	@ParameterizedTest
	@ValueSource(strings = { "_pt", "_es" })
	void allLanguagesHaveTheSameKeysAndDifferentTexts(String language) throws IOException {
		Properties english = messages("");
		Properties translated = messages(language);
		assertThat(translated.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
		for (String key : english.stringPropertyNames()) {
			assertThat(translated.getProperty(key)).as(key).isNotEqualTo(english.getProperty(key));
		}
	}

	@Test
	void typeUrisAreUnique() {
		assertThat(ProblemType.values()).extracting(ProblemType::uri)
			.doesNotHaveDuplicates()
			.allSatisfy((uri) -> assertThat(uri).matches("urn:rollcall:[a-z]+(-[a-z]+)*"));
	}

	private static Properties messages(String language) throws IOException {
		Properties messages = new Properties();
		try (InputStream file = MessagesTests.class.getResourceAsStream("messages" + language + ".properties")) {
			messages.load(new InputStreamReader(file, StandardCharsets.UTF_8));
		}
		return messages;
	}

}
