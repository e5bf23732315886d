package rollcall.pages;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import rollcall.access.LoginWays;
import rollcall.access.PublicUrl;
import rollcall.pages.Languages.Choice;
import rollcall.pages.Languages.Language;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The login page. Spring Security handles the form's POST, and forwards it here after a
 * refused login. The buttons of the languages send the form to {@code /login/language},
 * so that the page can show the typed name again.
 */
@Controller
class LoginPageController {

	/** An account has no longer name. */
	private static final int MAX_NAME_LENGTH = 64;

	private final Languages languages;

	private final LoginWays ways;

	private final PublicUrl publicUrl;

	private final PageTemplate template = new PageTemplate("login");

	LoginPageController(Languages languages, LoginWays ways, PublicUrl publicUrl) throws IOException {
		this.languages = languages;
		this.ways = ways;
		this.publicUrl = publicUrl;
	}

	@RequestMapping(path = { "/login", "/login/language" }, method = { RequestMethod.GET, RequestMethod.POST })
	ResponseEntity<String> show(@RequestParam Map<String, String> form,
			@RequestAttribute(name = LoginWays.REFUSAL_ATTRIBUTE, required = false) @Nullable ProblemType refusal,
			HttpServletRequest request) {
		if (this.ways.isNone()) {
			throw new ProblemException(ProblemType.NOT_FOUND, Map.of());
		}
		Language language = this.languages.choose(request, form.get("lang"));
		ResponseEntity.BodyBuilder response = PageTemplate
			.response((refusal != null) ? refusal.status() : HttpStatus.OK);
		if (language.tag().equals(form.get("lang"))) {
			response.header(HttpHeaders.SET_COOKIE, Languages.cookie(language).toString());
		}
		return response.body(this.template.render(page(form, refusal, language, request)));
	}

	private LoginPage page(Map<String, String> form, @Nullable ProblemType refusal, Language language,
			HttpServletRequest request) {
		String name = form.getOrDefault("username", "");
		return new LoginPage(language.tag(), language.texts().login(), this.languages.choices(language), refusal,
				refusal == null && form.containsKey("out"), this.ways.passwords(),
				this.publicUrl.addressToLogIn(request).orElse(null), (name.length() <= MAX_NAME_LENGTH) ? name : "");
	}

	/**
	 * The values that {@code login.mustache} shows.
	 *
	 * @param language language tag of the page
	 * @param text texts of the page, by key
	 * @param languages languages to switch to
	 * @param refusal why the last login was refused, null if none was
	 * @param out whether the teacher has just logged out
	 * @param passwords whether a teacher has a password on this server
	 * @param otherAddress the address to use if a login cannot succeed at this one
	 * @param name the name that was typed
	 */
	record LoginPage(String language, Map<String, Object> text, List<Choice> languages, @Nullable ProblemType refusal,
			boolean out, boolean passwords, @Nullable String otherAddress, String name) {

		boolean form() {
			return this.passwords && this.otherAddress == null;
		}

		boolean onlyTokens() {
			return !this.passwords;
		}

		/** Whether the name is known, so that the reader types the password next. */
		boolean named() {
			return !this.name.isEmpty();
		}

		boolean wrong() {
			return this.refusal == ProblemType.UNAUTHORIZED;
		}

		boolean tooLong() {
			return this.refusal == ProblemType.PASSWORD_TOO_LONG;
		}

		boolean tooManyAttempts() {
			return this.refusal == ProblemType.TOO_MANY_LOGINS;
		}

	}

}
