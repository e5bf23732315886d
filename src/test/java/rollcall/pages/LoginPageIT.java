package rollcall.pages;

import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
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
		inspect(page, "login", scheme);
		logIn(page, "wrong");
		assertThat(page.getByRole(AriaRole.ALERT)).hasText("Nome ou senha errados.");
		inspect(page, "login-wrong", scheme);
		logIn(page, "secret");
		assertThat(page).hasURL(Pattern.compile("/teacher$"));
		assertThat(page.locator("#class")).isVisible();
	}

	private static void logIn(Page page, String password) {
		page.locator("#username").fill("teacher");
		page.locator("#password").fill(password);
		page.locator("button").click();
	}

}
