package rollcall.pages;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
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
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * Chooses the language of a page: the reader's choice on the page, then the cookie that
 * remembers it, then {@code Accept-Language}, then English. Spring's
 * {@code CookieLocaleResolver} would accept every language tag, would not match
 * {@code pt-PT} with {@code pt-BR}, and would read the cookies of every presence.
 */
@Component
class Languages {

	/** Name of the cookie with the chosen language tag; the dashboard uses it too. */
	static final String COOKIE = "rollcall-language";

	static final List<String> TAGS = List.of("pt-BR", "en", "es");

	private static final String DEFAULT_TAG = "en";

	private static final Duration COOKIE_AGE = Duration.ofDays(365);

	private final List<Language> languages;

	Languages(JsonMapper json) {
		this.languages = TAGS.stream().map((tag) -> load(tag, json)).toList();
	}

	List<Language> all() {
		return this.languages;
	}

	/** The languages to switch to from a page. */
	List<Choice> choices(Language chosen) {
		return this.languages.stream()
			.map((each) -> new Choice(each.tag(), each.texts().name(), each.equals(chosen)))
			.toList();
	}

	Optional<Language> find(@Nullable String tag) {
		return this.languages.stream().filter((language) -> language.tag().equals(tag)).findFirst();
	}

	/**
	 * Chooses the language of a response.
	 * @param request the request, for its cookie and {@code Accept-Language}
	 * @param chosen the tag that the reader has just chosen, null if none
	 * @return the language
	 */
	Language choose(HttpServletRequest request, @Nullable String chosen) {
		Cookie cookie = WebUtils.getCookie(request, COOKIE);
		return find(chosen).or(() -> find((cookie != null) ? cookie.getValue() : null))
			.or(() -> findAccepted(request))
			.or(() -> find(DEFAULT_TAG))
			.orElseThrow();
	}

	static ResponseCookie cookie(Language chosen) {
		return ResponseCookie.from(COOKIE, chosen.tag()).path("/").maxAge(COOKIE_AGE).sameSite("Lax").build();
	}

	private Optional<Language> findAccepted(HttpServletRequest request) {
		return acceptedLocales(request).stream()
			.flatMap((locale) -> this.languages.stream().filter((language) -> language.matches(locale)))
			.findFirst();
	}

	/**
	 * The locales of {@code Accept-Language}, best first. Without the header the list is
	 * empty: Tomcat would return the server's own locale.
	 */
	private static List<Locale> acceptedLocales(HttpServletRequest request) {
		return (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) != null) ? Collections.list(request.getLocales())
				: List.of();
	}

	private static Language load(String tag, JsonMapper json) {
		ClassPathResource file = new ClassPathResource("static/assets/languages/" + tag + ".json");
		try (InputStream in = file.getInputStream()) {
			return new Language(tag, json.readValue(in, Texts.class));
		}
		catch (IOException ex) {
			throw new IllegalStateException("The file of texts cannot be read: " + file.getPath(), ex);
		}
	}

	/**
	 * A language of the pages.
	 *
	 * @param tag BCP 47 tag, such as {@code pt-BR}
	 * @param texts texts of the pages that the server renders
	 */
	record Language(String tag, Texts texts) {

		/**
		 * Chooses the locale for dates: {@code en-GB} writes the day before the month,
		 * {@code en-US} does not.
		 * @param request the request, for its {@code Accept-Language}
		 * @return the reader's regional variant of this language, or the language itself
		 */
		Locale localeFor(HttpServletRequest request) {
			return acceptedLocales(request).stream().filter(this::matches).findFirst().orElse(locale());
		}

		private boolean matches(Locale locale) {
			return locale.getLanguage().equals(locale().getLanguage());
		}

		private Locale locale() {
			return Locale.forLanguageTag(this.tag);
		}

	}

	/**
	 * A language to switch to.
	 *
	 * @param tag BCP 47 tag
	 * @param name name of the language in the language itself
	 * @param chosen whether the page is in this language
	 */
	record Choice(String tag, String name, boolean chosen) {
	}

	/**
	 * The part of a language's file that the server needs; browsers read the same file.
	 *
	 * @param name name of the language in the language itself
	 * @param student texts of the student's page, by key
	 * @param login texts of the login page, by key
	 * @param projectorPage texts of the projector's page, by key
	 */
	record Texts(String name, Map<String, Object> student, Map<String, Object> login,
			Map<String, Object> projectorPage) {
	}

}
