package rollcall.pages;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * The languages of the pages, and which of them a reader wants: what was chosen on the
 * page, else what the browser asks for, else English.
 */
@Component
class Languages {

	/**
	 * The cookie that remembers the choice; the dashboard reads and writes it as well.
	 */
	static final String COOKIE = "rollcall-language";

	static final List<String> TAGS = List.of("pt-BR", "en", "es");

	private static final String ENGLISH = "en";

	private final List<Language> languages;

	Languages(JsonMapper json) {
		this.languages = TAGS.stream().map((tag) -> load(tag, json)).toList();
	}

	List<Language> all() {
		return this.languages;
	}

	Optional<Language> find(@Nullable String tag) {
		return this.languages.stream().filter((language) -> language.tag().equals(tag)).findFirst();
	}

	/**
	 * Chooses the language of an answer.
	 * @param request the request
	 * @param chosen the tag that the reader has just chosen, if any
	 * @return the language
	 */
	Language choose(HttpServletRequest request, @Nullable String chosen) {
		Cookie remembered = WebUtils.getCookie(request, COOKIE);
		return find(chosen).or(() -> find((remembered != null) ? remembered.getValue() : null))
			.or(() -> asked(request))
			.orElseGet(() -> find(ENGLISH).orElseThrow());
	}

	/**
	 * The reader's own variant of a language: {@code en-GB} puts the day before the
	 * month, {@code en-US} does not.
	 */
	Locale variant(HttpServletRequest request, Language language) {
		return wanted(request).stream().filter(language::speaks).findFirst().orElse(language.locale());
	}

	private Optional<Language> asked(HttpServletRequest request) {
		return wanted(request).stream()
			.flatMap((locale) -> this.languages.stream().filter((language) -> language.speaks(locale)))
			.findFirst();
	}

	/** In order of preference; without the header Tomcat would name the server's own. */
	private static List<Locale> wanted(HttpServletRequest request) {
		return (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) != null) ? Collections.list(request.getLocales())
				: List.of();
	}

	private static Language load(String tag, JsonMapper json) {
		ClassPathResource file = new ClassPathResource("static/assets/languages/" + tag + ".json");
		try (InputStream in = file.getInputStream()) {
			Dictionary dictionary = json.readValue(in, Dictionary.class);
			return new Language(tag, dictionary.name(), dictionary.student());
		}
		catch (IOException ex) {
			throw new IllegalStateException("No dictionary for " + tag, ex);
		}
	}

	/** As much of a language's file as the server needs. */
	private record Dictionary(String name, Map<String, Object> student) {
	}

}
