package rollcall.pages;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The student's page on a phone, with and without JavaScript.
 */
@Tag("jvm")
class StudentPageIT extends InChromium {

	@Test
	void idIsRememberedOnThePhone() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page phone = phone();
		answer(phone, room, "042191010");
		isIn(phone, "recorded");
		phone.navigate(url("/"));
		assertThat(phone.locator("#student")).hasValue("042191010");
	}

	@Test
	void pageWorksWithoutLocalStorage() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page phone = phone();
		phone.addInitScript("Object.defineProperty(window, 'localStorage', { get() { throw new Error('locked'); } })");
		answer(phone, room, "042191010");
		isIn(phone, "recorded");
	}

	@Test
	void answerShowsClassStudentAndLocalTime() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page phone = phone();
		answer(phone, room, "042191010");
		assertThat(phone.locator("[data-screen=recorded] [data-class]")).hasText(String.valueOf(room.id));
		assertThat(phone.locator("[data-screen=recorded] [data-student]")).hasText("042191010");
		assertThat((String) phone.locator("[data-screen=recorded] [data-time]")
			.evaluate("(time) => String(new Date(time.dateTime).getFullYear() + ' ' + time.textContent)"))
			.matches("(\\d{4}) \\d{1,2} \\w+ \\1.*\\d\\d:\\d\\d:\\d\\d");
	}

	@Test
	void pageTriesAgainUntilTheServerAnswers() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page phone = phone();
		phone.navigate(url("/" + room.id));
		phone.context().setOffline(true);
		phone.locator("#student").fill("042191010");
		phone.locator("[data-send]").click();
		isIn(phone, "offline");
		assertThat(phone.locator("[data-next]")).isVisible();
		assertThat(phone.locator("[data-screen=offline] [data-student]")).hasText("042191010");
		phone.context().setOffline(false);
		isIn(phone, "recorded");
		assertThat(room.current()).contains("042191010");
	}

	@Test
	void responseOfAnotherServerIsNoSuccess() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page phone = phone();
		phone.route("**/presence", (route) -> route.fulfill(
				new Route.FulfillOptions().setStatus(200).setContentType("text/html").setBody("<h1>Hotel Wi-Fi</h1>")));
		answer(phone, room, "042191010");
		isIn(phone, "offline");
		phone.unroute("**/presence");
		phone.locator("[data-now]").click();
		isIn(phone, "recorded");
	}

	@Test
	void status503IsNoSuccess() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page phone = phone();
		phone.route("**/presence", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
		answer(phone, room, "042191010");
		isIn(phone, "offline");
	}

	@Test
	void refusedStudentCanTryAgainOrGoBack() {
		TestClass room = new TestClass(this.port);
		Page phone = phone();
		answer(phone, room, "042191010");
		isIn(phone, "refused");
		room.start();
		phone.locator("[data-screen=refused] [data-again] button").click();
		isIn(phone, "recorded");
		phone.locator("[data-screen=recorded] [data-back]").click();
		assertThat(phone.locator("#student")).hasValue("042191010");
	}

	@Test
	void invalidIdIsReportedAndNotSent() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page phone = phone();
		phone.navigate(url("/" + room.id));
		phone.evaluate("document.querySelector('form').noValidate = true");
		phone.locator("#student").fill("José 1");
		phone.locator("[data-send]").click();
		assertThat(phone.locator("[data-problem=student]")).isVisible();
		assertThat(phone.locator("#student")).hasAttribute("aria-invalid", "true");
		isIn(phone, "form");
	}

	@Test
	void formWorksWithoutJavaScript() {
		TestClass room = new TestClass(this.port);
		Page phone = window(phoneOptions().setJavaScriptEnabled(false).setLocale("pt-BR"));
		List<Request> posts = new CopyOnWriteArrayList<>();
		phone.onRequest((request) -> {
			if (request.method().equals("POST")) {
				posts.add(request);
			}
		});
		answer(phone, room, " 042191010 ");
		isIn(phone, "refused");
		assertThat(phone.locator("h1:visible")).hasText("Não registrada");
		room.start();
		phone.locator("[data-screen=refused] [data-again] button").click();
		isIn(phone, "recorded");
		assertThat(phone.locator("h1:visible")).hasText("Registrada");
		assertThat(phone.locator("[data-screen=recorded] [data-student]")).hasText("042191010");
		assertThat(room.current()).contains("\"042191010\"");
		assertThat(posts).hasSize(2)
			.allSatisfy((post) -> assertThat(post.allHeaders()).containsEntry("origin", url("")));
	}

	@Test
	void withoutJavaScriptInvalidInputIsKept() {
		Page phone = window(new Browser.NewContextOptions().setJavaScriptEnabled(false).setLocale("es-MX"));
		phone.navigate(url("/"));
		phone.locator("#class").evaluate("(input) => input.form.noValidate = true");
		phone.locator("#class").fill("0");
		phone.locator("#student").fill("042<b>");
		phone.locator("[data-send]").click();
		assertThat(phone.locator("[data-problem=class]")).isVisible();
		assertThat(phone.locator("#class")).hasValue("0");
		assertThat(phone.locator("#student")).hasValue("042<b>");
		phone.locator("#class").fill("1");
		phone.locator("#class").evaluate("(input) => input.form.noValidate = true");
		phone.locator("[data-send]").click();
		assertThat(phone.locator("[data-problem=student]"))
			.hasText("La matrícula tiene de 1 a 64 letras A–Z, " + "números, puntos, _ o -. No se registró nada.");
		assertThat(phone.locator("#student")).hasValue("042<b>");
	}

	@Test
	void languageIsSwitchedWithoutJavaScriptAndRemembered() {
		Page phone = window(phoneOptions().setJavaScriptEnabled(false));
		phone.navigate(url("/42"));
		phone.locator("a[hreflang=es]").click();
		assertThat(phone.locator("[data-send]")).hasText("¡Presente!");
		assertThat(phone.locator("h1:visible")).hasText("Clase 42");
		phone.navigate(url("/"));
		assertThat(phone.locator("[data-send]")).hasText("¡Presente!");
	}

	private void answer(Page phone, TestClass room, String studentId) {
		phone.navigate(url("/" + room.id));
		phone.locator("#student").fill(studentId);
		phone.locator("[data-send]").click();
	}

	private static void isIn(Page phone, String state) {
		assertThat(phone.locator("body")).hasAttribute("data-state", state);
		assertThat(phone.locator("[data-screen]:visible")).hasAttribute("data-screen", state);
	}

}
