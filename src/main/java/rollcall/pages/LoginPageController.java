package rollcall.pages;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import rollcall.pages.Languages.Language;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The login page, present only if a teacher with a password is configured. Spring
 * Security handles the form's POST, and forwards it here after too many attempts.
 */
@Controller
@ConditionalOnProperty("rollcall.teachers[0].password-hash")
class LoginPageController {

	private final Languages languages;

	private final PageTemplate template = new PageTemplate("login");

	LoginPageController(Languages languages) throws IOException {
		this.languages = languages;
	}

	@RequestMapping(path = "/login", method = { RequestMethod.GET, RequestMethod.POST })
	ResponseEntity<String> show(@RequestParam Map<String, String> query, HttpServletRequest request) {
		Set<String> errors = query.keySet();
		Language language = this.languages.choose(request, null);
		LoginPage page = new LoginPage(language.tag(), language.texts().login(), errors.contains("wrong"),
				errors.contains("long"), errors.contains("wait"));
		return PageTemplate.response(page.tooManyAttempts() ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.OK)
			.body(this.template.render(page));
	}

	/**
	 * The values that {@code login.mustache} shows.
	 *
	 * @param language language tag of the page
	 * @param text texts of the page, by key
	 * @param wrong whether the name or the password was wrong
	 * @param tooLong whether the password was longer than bcrypt can compare
	 * @param tooManyAttempts whether the attempt was refused before the password was
	 * compared
	 */
	record LoginPage(String language, Map<String, Object> text, boolean wrong, boolean tooLong,
			boolean tooManyAttempts) {
	}

}
