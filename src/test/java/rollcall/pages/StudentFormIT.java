package rollcall.pages;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The student's form without JavaScript, in three languages, and at other addresses.
 */
class StudentFormIT extends InChromium {

	@Test
	void formWorksWithoutJavaScriptAndAReloadSendsNothing() {
		TestClass room = new TestClass(this.port);
		Page page = window(phoneOptions().setJavaScriptEnabled(false).setLocale("pt-BR"));
		List<Request> posts = posts(page);
		StudentPhone phone = new StudentPhone(page).open(url("/" + room.id)).answer(" 042191010 ").shows("refused");
		assertThat(page.locator("h1:visible")).hasText("Não registrada");
		room.start();
		page.locator("[data-screen=refused] [data-again] button").click();
		phone.shows("recorded", "042191010");
		assertThat(page.locator("h1:visible")).hasText("Registrada");
		assertThat(room.current()).contains("\"042191010\"");
		room.end();
		page.reload();
		phone.shows("recorded", "042191010").press("back").shows("form");
		assertThat(page).hasURL(url("/" + room.id));
		assertThat(posts).hasSize(2)
			.allSatisfy((post) -> assertThat(post.allHeaders()).containsEntry("origin", url("")));
	}

	@Test
	void withoutJavaScriptTheServerExplainsInvalidInput() {
		Page page = window(new Browser.NewContextOptions().setJavaScriptEnabled(false).setLocale("es-MX"));
		StudentPhone phone = new StudentPhone(page).open(url("/"));
		page.locator("#class").fill("0");
		phone.answer("042<b>");
		assertThat(page.locator("[data-problem]:visible")).hasText("“0” no es un número de clase. Ejemplo: 42.");
		assertThat(page.locator("#class")).hasValue("0");
		assertThat(page.locator("#student")).hasValue("042<b>");
		page.locator("#class").fill("1");
		page.locator("[data-send]").click();
		assertThat(page.locator("[data-problem]:visible")).containsText("“042<b>” no es una matrícula.");
		assertThat(page.locator("#student")).hasValue("042<b>");
		phone.answer("");
		assertThat(page.locator("[data-problem]:visible")).hasText("Escribe tu matrícula. Ejemplo: 042191010.");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void choiceOfALanguageKeepsWhatWasTypedAndIsRemembered(boolean javaScript) {
		Page page = window(phoneOptions().setJavaScriptEnabled(javaScript));
		page.navigate(url("/42"));
		page.locator("#student").fill("0421910 10");
		page.locator("button[lang=es]").click();
		assertThat(page.locator("[data-send]")).hasText("¡Presente!");
		assertThat(page.locator("h1:visible")).hasText("Clase 42");
		assertThat(page.locator("#student")).hasValue("0421910 10");
		assertThat(page.locator("[data-problem]:visible")).hasCount(0);
		assertThat(page).hasURL(url("/42"));
		page.navigate(url("/"));
		assertThat(page.locator("[data-send]")).hasText("¡Presente!");
	}

	@ParameterizedTest
	@ValueSource(strings = { "student.js", "student-answers.js", "student-code.js", "student-deadline.js",
			"student-memory.js", "student-screens.js", "student-sender.js", "page.css" })
	void fileThatFailsToLoadDoesNotStopTheForm(String file) {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = phone();
		page.route("**/" + file, (route) -> route.abort());
		new StudentPhone(page).open(url("/" + room.id)).answer("042191010").shows("recorded", "042191010");
	}

	@Test
	void unknownAddressShowsTheFormWithAnExplanation() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = window(phoneOptions().setLocale("pt-PT"));
		StudentPhone phone = new StudentPhone(page).open(url("/some/page"));
		assertThat(page.locator(".notice")).hasText("Não há página neste endereço. Digite aqui o número da turma.");
		assertThat(page.locator("#class")).isFocused();
		page.keyboard().type(String.valueOf(room.id));
		phone.answer("042191010").shows("recorded", "042191010");
		page.navigate(url("/turma/" + room.id));
		assertThat(page).hasURL(url("/" + room.id));
	}

	@ParameterizedTest
	@ValueSource(strings = { "320x568", "360x640", "740x360", "1024x768" })
	void formAndAnswersFitOnTheScreen(String size) {
		TestClass room = new TestClass(this.port);
		room.start();
		String[] sides = size.split("x");
		Page page = window(phoneOptions().setLocale("pt-BR")
			.setViewportSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1])));
		StudentPhone phone = new StudentPhone(page).open(url("/" + room.id));
		fits(page, "[data-send]", "form");
		phone.answer("042191010").shows("recorded");
		fits(page, "[data-screen=recorded] [data-back]", "recorded");
		phone.press("back");
		fits(page, "[data-me-forget]", "form with the remembered id");
		room.end();
		phone.answer("042191010").shows("ended");
		fits(page, "[data-screen=ended] [data-time]", "ended");
		phone.press("back").answer("042191011").shows("refused");
		fits(page, "[data-screen=refused] [data-time]", "refused");
		page.route("**/presence", (route) -> route.abort());
		phone.press("back").answer("042191011").shows("offline");
		fits(page, "[data-now]", "offline");
		page.navigate(url("/"));
		fits(page, "[data-send]", "form without a class");
		page.unroute("**/presence");
		room.startWithCode();
		phone.open(url("/" + room.id + "/BCDFGH"));
		fits(page, "[data-send]", "form of a link with a code");
		phone.answer("042191010");
		assertThat(page.locator("[data-problem=code]")).isVisible();
		fits(page, "[data-send]", "form that asks for the code");
	}

	private static void fits(Page page, String lowest, String what) {
		assertThat((Boolean) page.locator(lowest)
			.evaluate("(element) => element.getBoundingClientRect().bottom <= window.innerHeight")).as(what).isTrue();
		assertThat(page.evaluate("document.documentElement.scrollWidth - window.innerWidth")).as(what).isEqualTo(0);
	}

	private static List<Request> posts(Page page) {
		List<Request> posts = new CopyOnWriteArrayList<>();
		page.onRequest((request) -> {
			if (request.method().equals("POST")) {
				posts.add(request);
			}
		});
		return posts;
	}

}
