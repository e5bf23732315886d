package rollcall.pages;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import rollcall.Http;
import rollcall.pages.Languages.Choice;
import rollcall.pages.Languages.Language;
import rollcall.pages.LoginPageController.LoginPage;
import rollcall.problem.ProblemType;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** The login page of a server with a teacher who has a password. */
class LoginPageIT extends InChromium {

	private static final List<String> SIZES = List.of("360x640", "740x360", "1440x900");

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		settings.add("rollcall.teachers[0].password-hash", () -> new BCryptPasswordEncoder(4).encode("secret"));
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void wrongPasswordIsReportedAndTheRightOneLeadsToTheDashboard(ColorScheme scheme) {
		Page page = window(new Browser.NewContextOptions().setColorScheme(scheme).setLocale("pt-PT"));
		page.navigate(url("/teacher"));
		assertThat(page).hasURL(Pattern.compile("/login$"));
		assertThat(page.locator("#username")).isFocused();
		inspectAt(SIZES, page, "login", scheme);
		logIn(page, "wrong");
		assertThat(page.getByRole(AriaRole.ALERT)).hasText("Nome ou senha errados. Confira os dois e tente de novo.");
		assertThat(page.locator("#username")).hasValue("teacher");
		assertThat(page.locator("#password")).isFocused();
		assertThat(page.locator("#password")).hasValue("");
		inspectAt(SIZES, page, "login-wrong", scheme);
		logIn(page, "x".repeat(73));
		assertThat(page.getByRole(AriaRole.ALERT)).containsText("tão longa");
		inspectAt(SIZES, page, "login-long", scheme);
		page.locator("#password").fill("secret");
		page.keyboard().press("Enter");
		assertThat(page).hasURL(Pattern.compile("/teacher$"));
		assertThat(page.locator("#class")).isVisible();
	}

	@Test
	void loginLeadsBackToTheSameRollInTheChosenLanguage() {
		Page page = laptop();
		page.navigate(url("/teacher#42/projector"));
		assertThat(page).hasURL(Pattern.compile("/login#42/projector$"));
		page.locator("#username").fill("teacher");
		page.locator("button[value=es]").click();
		assertThat(page.locator("html")).hasAttribute("lang", "es");
		assertThat(page.locator("#username")).hasValue("teacher");
		logIn(page, "wrong");
		assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
		logIn(page, "secret");
		assertThat(page).hasURL(Pattern.compile("/teacher#42/projector$"));
		assertThat(page.locator(".projector h1 .kind")).hasText("Clase");
	}

	@Test
	void loginNeedsNoScript() {
		Page page = window(new Browser.NewContextOptions().setLocale("en").setJavaScriptEnabled(false));
		page.navigate(url("/login"));
		page.locator("#username").fill("teacher");
		page.locator("button[value=pt-BR]").click();
		assertThat(page.locator("#username")).hasValue("teacher");
		assertThat(page.locator(".send")).hasText("Entrar");
		logIn(page, "wrong");
		assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
		logIn(page, "secret");
		assertThat(page).hasURL(Pattern.compile("/teacher$"));
	}

	@ParameterizedTest
	@CsvSource({ "LIGHT, en-GB", "DARK, pt-BR" })
	void endedLoginIsSaidAndTheNextOneLeadsBack(ColorScheme scheme, String language) {
		// Without animations, so that the contrast does not depend on the moment.
		Page page = window(new Browser.NewContextOptions().setColorScheme(scheme)
			.setLocale(language)
			.setReducedMotion(ReducedMotion.REDUCE));
		page.navigate(url("/login"));
		logIn(page, "secret");
		assertThat(page.locator("[data-user]")).hasText("teacher");
		long classId = Http.newClassId();
		page.locator("#class").fill(String.valueOf(classId));
		page.keyboard().press("Enter");
		new Dashboard(page).isLive();
		inspectAt(SIZES, page, "bar", scheme);

		Page projector = page.context().newPage();
		projector.navigate(url("/teacher#" + classId + "/projector"));
		new Dashboard(projector).isLive();
		projector.route("**/teacher/session",
				(route) -> route.fulfill(new Route.FulfillOptions().setStatus(401)
					.setContentType("application/problem+json")
					.setBody("{\"type\": \"about:blank\", \"status\": 401}")));
		projector.waitForResponse("**/teacher/session",
				() -> projector.evaluate("window.dispatchEvent(new Event('online'))"));
		assertThat(projector.locator("[data-login-ended]")).isHidden();
		projector.unroute("**/teacher/session");

		page.locator(".user button").click();
		assertThat(page).hasURL(Pattern.compile("/login\\?out$"));
		assertThat(page.locator("[role=status]")).isVisible();
		inspectAt(SIZES, page, "login-out", scheme);

		Locator notice = projector.locator("[data-login-ended]");
		assertThat(notice).isVisible();
		assertThat(projector.locator("[data-connection]")).isHidden();
		inspectAt(SIZES, projector, "projector-login-ended", scheme);
		projector.evaluate("(hash) => { window.location.hash = hash; }", "#" + classId);
		assertThat(notice).isVisible();
		inspectAt(SIZES, projector, "login-ended", scheme);
		notice.locator("a").click();
		assertThat(projector).hasURL(Pattern.compile("/login#" + classId + "$"));
		logIn(projector, "secret");
		assertThat(projector).hasURL(Pattern.compile("/teacher#" + classId + "$"));
		new Dashboard(projector).isLive();
		assertThat(notice).isHidden();
	}

	/**
	 * Other settings of the server make these states; AccountsAccessIT and others test
	 * when.
	 */
	@ParameterizedTest
	@CsvSource({ "LIGHT, es", "DARK, pt-BR" })
	void statesOfOtherServersAreAccessible(ColorScheme scheme, String tag) throws IOException {
		Page page = window(new Browser.NewContextOptions().setColorScheme(scheme).setLocale(tag));
		Language language = new Languages(new JsonMapper()).find(tag).orElseThrow();
		List<Choice> choices = List.of(new Choice(tag, language.texts().name(), true),
				new Choice("en", "English", false));
		Map<String, LoginPage> states = Map.of("login-tokens",
				new LoginPage(tag, language.texts().login(), choices, null, false, false, null, ""),
				"login-not-encrypted",
				new LoginPage(tag, language.texts().login(), choices, null, false, true,
						"https://roll.a-university-with-a-long-name.example.org:8443/login", ""),
				"login-wait", new LoginPage(tag, language.texts().login(), choices, ProblemType.TOO_MANY_LOGINS, false,
						true, null, "ana"));
		for (Map.Entry<String, LoginPage> state : states.entrySet()) {
			String html = new PageTemplate("login").render(state.getValue());
			page.route("**/login", (route) -> route
				.fulfill(new Route.FulfillOptions().setContentType("text/html;charset=UTF-8").setBody(html)));
			page.navigate(url("/login"));
			assertThat(page.locator("#username")).hasCount(state.getKey().equals("login-wait") ? 1 : 0);
			inspectAt(SIZES, page, state.getKey(), scheme);
			page.unroute("**/login");
		}
	}

	private static void logIn(Page page, String password) {
		page.locator("#username").fill("teacher");
		page.locator("#password").fill(password);
		page.locator(".send").click();
	}

}
