package rollcall.pages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import rollcall.PresenceReceipts;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class LanguagesTests {

	static final List<String> TAGS = Languages.TAGS;

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");

	/** Words of Spanish texts that say "usted", and of Portuguese ones that say "tu". */
	private static final Map<String, String> OTHER_ADDRESS = Map.of("es",
			"usted|quiso|envíe|espere|repita|repítala|corrija|iníciela|active|configure|haga|agregue|escriba|elija|"
					+ "vuelva|inténtelo|ciérrela|léalo|omita",
			"pt", "tu|teu|tua|teus|tuas|contigo|quiseste");

	private final JsonMapper json = new JsonMapper();

	@ParameterizedTest
	@FieldSource("TAGS")
	void everyLanguageHasTheSameTextsWithTheSamePlaceholders(String tag) throws IOException {
		assertThat(placeholders(texts(tag))).isEqualTo(placeholders(texts("en")));
	}

	@ParameterizedTest
	@FieldSource("TAGS")
	void noTextIsEmpty(String tag) throws IOException {
		assertThat(texts(tag).values()).noneMatch(String::isBlank);
	}

	@ParameterizedTest
	@FieldSource("TAGS")
	void everyReasonOfARefusalHasATextForStudentsAndForScanners(String tag) throws IOException {
		String page = new ClassPathResource("templates/student.mustache").getContentAsString(StandardCharsets.UTF_8);
		for (String reason : PresenceReceipts.reasons()) {
			assertThat(page).containsAnyOf("data-reason=\"" + reason + "\"", "data-" + reason + "=\"");
			assertThat(texts(tag)).containsKey("teacher.scanner.reasons." + reason);
		}
	}

	/** The texts of pages, consoles and problems appear side by side. */
	@ParameterizedTest
	@CsvSource({ "es, es", "pt, pt-BR" })
	void allTextsOfALanguageAddressTheReaderInTheSameWay(String language, String tag) throws IOException {
		Pattern other = Pattern.compile("\\b(" + OTHER_ADDRESS.get(language) + ")\\b",
				Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
		List<Resource> files = new ArrayList<>(List.of(new PathMatchingResourcePatternResolver()
			.getResources("classpath*:rollcall/**/*_" + language + ".properties")));
		assertThat(files).hasSize(3);
		files.add(new ClassPathResource("static/assets/languages/" + tag + ".json"));
		for (Resource file : files) {
			assertThat(file.getContentAsString(StandardCharsets.UTF_8).lines()).as(file.getFilename())
				.noneMatch((line) -> other.matcher(line).find());
		}
	}

	@Test
	void everyTextIsUsed() throws IOException {
		StringBuilder pages = new StringBuilder();
		for (String pattern : List.of("classpath:static/teacher/*", "classpath:templates/*")) {
			for (Resource page : new PathMatchingResourcePatternResolver().getResources(pattern)) {
				pages.append(page.getContentAsString(StandardCharsets.UTF_8));
			}
		}
		assertThat(texts("en").keySet()).allMatch((key) -> key.equals("name") || isNamedIn(pages, key));
	}

	/** A page names the whole key, or its parent key, of which it chooses a child. */
	private static boolean isNamedIn(CharSequence pages, String key) {
		String name = key.replaceFirst("^(student|teacher|login|projectorPage)\\.", "");
		String parent = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
		return Pattern.compile("\\b" + Pattern.quote(name) + "\\b|['`]" + Pattern.quote(parent) + "('|\\.\\$)")
			.matcher(pages)
			.find();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			# chosen | cookie     | Accept-Language         | answer
			-        | -          | -                       | en
			-        | -          | pt-PT,pt;q=0.9          | pt-BR
			-        | -          | de-DE,es-AR;q=0.5,en;q=0.1 | es
			-        | -          | de                      | en
			-        | -          | ;;junk                  | en
			-        | es         | pt-BR                   | es
			-        | xx         | pt-BR                   | pt-BR
			en       | es         | pt-BR                   | en
			../x     | -          | pt-BR                   | pt-BR
			""")
	void choiceOverridesCookieAndCookieOverridesAcceptLanguage(String chosen, String cookie, String accepted,
			String answer) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		if (cookie != null) {
			request.setCookies(new Cookie(Languages.COOKIE, cookie));
		}
		if (accepted != null) {
			request.addHeader("Accept-Language", accepted);
		}
		assertThat(new Languages(this.json).choose(request, chosen).tag()).isEqualTo(answer);
	}

	private static Map<String, List<String>> placeholders(Map<String, String> texts) {
		Map<String, List<String>> placeholders = new TreeMap<>();
		texts.forEach((key, text) -> placeholders.put(key,
				PLACEHOLDER.matcher(text).results().map(MatchResult::group).sorted().toList()));
		return placeholders;
	}

	private Map<String, String> texts(String tag) throws IOException {
		try (InputStream in = new ClassPathResource("static/assets/languages/" + tag + ".json").getInputStream()) {
			Map<String, String> texts = new TreeMap<>();
			flatten("", this.json.readValue(in, new TypeReference<Map<String, Object>>() {
			}), texts);
			return texts;
		}
	}

	private static void flatten(String prefix, Map<?, ?> dictionary, Map<String, String> texts) {
		dictionary.forEach((key, value) -> {
			if (value instanceof Map<?, ?> inner) {
				flatten(prefix + key + ".", inner, texts);
			}
			else {
				texts.put(prefix + key, value.toString());
			}
		});
	}

}
