package rollcall.pages;

import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** The login page of a server with a teacher who has a password. */
class LoginPageIT extends InChromium {

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
		inspectAtAllSizes(page, "login", scheme);
		logIn(page, "wrong");
		assertThat(page.getByRole(AriaRole.ALERT)).hasText("Nome ou senha errados. Confira os dois e tente de novo.");
		assertThat(page.locator("#username")).hasValue("teacher");
		assertThat(page.locator("#password")).isFocused();
		assertThat(page.locator("#password")).hasValue("");
		inspectAtAllSizes(page, "login-wrong", scheme);
		logIn(page, "x".repeat(73));
		assertThat(page.getByRole(AriaRole.ALERT)).containsText("tão longa");
		inspectAtAllSizes(page, "login-long", scheme);
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

	private static void inspectAtAllSizes(Page page, String name, ColorScheme scheme) {
		page.setViewportSize(360, 640);
		inspect(page, name + "-phone", scheme);
		page.setViewportSize(740, 360);
		inspect(page, name + "-landscape", scheme);
		page.setViewportSize(1440, 900);
		inspect(page, name, scheme);
	}

	private static void logIn(Page page, String password) {
		page.locator("#username").fill("teacher");
		page.locator("#password").fill(password);
		page.locator(".send").click();
	}

}
