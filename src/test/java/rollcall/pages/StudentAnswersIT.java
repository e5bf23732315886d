package rollcall.pages;

import java.time.Instant;
import java.util.List;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Test;
import rollcall.Await;
import rollcall.Http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the student's page believes, and how long it shows it.
 */
class StudentAnswersIT extends InChromium {

	private static final String HTML = "text/html";

	private static final String JSON = "application/json";

	private static final String PROBLEM = "application/problem+json";

	@Test
	void answersOfOtherMachinesAreNotFinal() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = phone();
		page.route("**/presence", (route) -> route.abort());
		StudentPhone phone = new StudentPhone(page).open(url("/" + room.id)).answer("042191010").shows("offline");
		for (int status : List.of(201, 204, 400, 401, 403, 404, 405, 408, 409, 410, 413, 421, 422, 425, 429, 451, 499,
				500, 502, 503, 504, 511)) {
			isNotFinal(phone, status, HTML, "<h1>Hotel</h1>");
		}
		String ours = "{\"classId\":" + room.id + ",\"studentId\":\"042191010\",\"at\":\"2026-11-26T10:02:11.000Z\"}";
		for (String body : List.of("", "null", "42", "[]", "{}", "<h1>Welcome</h1>",
				ours.replace("042191010", "042191011"), ours.replace(":" + room.id, ":7"),
				ours.replace(":" + room.id, ":\"" + room.id + "\""), ours.replace(":" + room.id, ":0"),
				ours.replace("2026-11-26T", "at "))) {
			isNotFinal(phone, 200, JSON, body);
		}
		for (int status : List.of(201, 207, 404, 500)) {
			isNotFinal(phone, status, JSON, ours);
		}
		isNotFinal(phone, 400, PROBLEM, "{\"type\":\"about:blank\",\"errors\":[{\"field\":\"studentId\"}]}");
		isNotFinal(phone, 400, JSON,
				"{\"type\":\"urn:rollcall:invalid-request\",\"errors\":[{\"field\":\"studentId\"}]}");
		isNotFinal(phone, 404, PROBLEM, "{\"type\":null}");
		assertThat(room.current()).doesNotContain("042191010");
		page.unroute("**/presence");
		phone.again().shows("recorded", "042191010");
	}

	@Test
	void problemOfTheRollCallIsFinalOnlyIfItNamesAField() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = phone();
		StudentPhone phone = new StudentPhone(page).open(url("/" + room.id));
		fulfill(page, 503, PROBLEM, "{\"type\":\"urn:rollcall:overloaded\",\"status\":503}");
		phone.answer("042191010").shows("offline");
		assertThat(page.locator("[data-offline-why]")).hasText("The roll call could not record you yet (503).");
		fulfill(page, 400, PROBLEM,
				"{\"type\":\"urn:rollcall:invalid-request\",\"errors\":[{\"field\":\"studentId\"}]}");
		phone.again().asksWith("042191010");
		assertThat(page.locator("[data-problem=student]")).containsText("“042191010” is no student id.");
		page.unroute("**/presence");
		phone.scan("042191011").shows("recorded", "042191011");
	}

	/** Also with all storage blocked, as some in-app browsers do. */
	@Test
	void answerSurvivesAReloadUntilBack() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = phone();
		page.addInitScript(
				"""
						for (const [owner, name] of [[window, 'localStorage'], [window, 'sessionStorage'], [Document.prototype, 'cookie']]) {
						  Object.defineProperty(owner, name, {
						    get() { throw new Error('blocked'); }, set() { throw new Error('blocked'); } });
						}""");
		StudentPhone phone = new StudentPhone(page).open(url("/" + room.id)).answer("042191010").shows("recorded");
		String time = page.locator("[data-screen=recorded] [data-time]").textContent();
		room.end();
		page.reload();
		phone.shows("recorded", "042191010");
		assertThat(page.locator("[data-screen=recorded] [data-time]")).hasText(time);
		phone.press("back").asksWith("");
		page.reload();
		phone.asksWith("");
		phone.answer("042191010").shows("ended").open(url("/" + room.id)).asksWith("");
	}

	@Test
	void theClassIsKnownAfterAReload() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		StudentPhone tablet = new StudentPhone(page).open(url("/"));
		page.locator("#class").fill(String.valueOf(room.id));
		tablet.answer("A1").shows("recorded", "A1");
		page.reload();
		tablet.shows("recorded", "A1");
		page.route("**/presence", Route::abort);
		tablet.scan("B2").shows("offline", "B2");
		page.reload();
		tablet.shows("offline", "B2").scan("C3").shows("offline", "B2, C3");
		page.unroute("**/presence");
		tablet.press("now").shows("recorded", "C3");
		assertThat(room.current()).contains("\"A1\"", "\"B2\"", "\"C3\"");
	}

	@Test
	void endedRollSaysWhenTheStudentWasRecorded() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = phone();
		StudentPhone phone = new StudentPhone(page).open(url("/" + room.id)).answer("042191010").shows("recorded");
		String time = page.locator("[data-screen=recorded] [data-time]").textContent();
		room.end();
		phone.open(url("/")).open(url("/" + room.id)).answer("042191010").shows("ended", "042191010");
		assertThat(page.locator("[data-ended-why]"))
			.hasText("You were recorded at " + time.substring(time.length() - 8) + ".");
		page.reload();
		phone.shows("ended", "042191010");
		room.start();
		page.locator("[data-screen=ended] [data-again] button").click();
		phone.shows("recorded", "042191010");
		room.end();
		phone.open(url("/")).open(url("/" + room.id)).answer("042191011").shows("refused", "042191011");
	}

	@Test
	void removedAndLateStudentsAreToldSoWithAndWithoutJavaScript() {
		TestClass room = new TestClass(this.port);
		Instant started = Instant.parse(room.startedAt());
		room.setTimes("{\"lateAfter\": \"PT1S\"}");
		room.mark("042191010", "absent");
		Page page = phone();
		Page simple = window(phoneOptions().setJavaScriptEnabled(false));
		Await.until("students are late", () -> Instant.now().isAfter(started.plusSeconds(1)));
		for (StudentPhone phone : List.of(new StudentPhone(page), new StudentPhone(simple))) {
			phone.open(url("/" + room.id)).answer("042191010").shows("refused", "042191010");
			assertThat(phone.page().locator("[data-reason]:visible"))
				.containsText("Your teacher took you off the list.");
			phone.open(url("/" + room.id)).answer("042191011").shows("recorded", "042191011");
			assertThat(phone.page().locator("[data-recorded-title]")).hasText("Recorded, late");
		}
		room.mark("042191010", "present");
		new StudentPhone(page).open(url("/" + room.id)).answer("042191010").shows("recorded", "042191010");
		assertThat(page.locator("[data-recorded-title]")).hasText("Recorded");
	}

	/**
	 * One wait for both pages, with and without JavaScript. The phone's clock is wrong.
	 */
	@Test
	void presenceRecordedBeforeIsSaidToBeSo() {
		TestClass room = new TestClass(this.port);
		room.start();
		Instant recorded = Instant.parse(new Http(this.port).present(room.id, "042191010").member("at"));
		Page page = phone();
		page.addInitScript("const now = Date.now; Date.now = () => now() - 86400000 * 400");
		StudentPhone phone = new StudentPhone(page).open(url("/" + room.id)).answer("042191011").shows("recorded");
		Page simple = window(phoneOptions().setJavaScriptEnabled(false));
		simple.navigate(url("/" + room.id));
		Await.until("the presence is old", () -> Instant.now().isAfter(recorded.plusMillis(4000)));
		phone.scan("042191010").shows("recorded", "042191010");
		String time = page.locator("[data-screen=recorded] [data-time]").textContent();
		assertThat(page.locator("[data-recorded-why]"))
			.hasText("You were already recorded at " + time.substring(time.length() - 8) + ".");
		new StudentPhone(simple).answer("042191010").shows("recorded", "042191010");
		assertThat(simple.locator("[data-recorded-why]")).containsText("You were already recorded at ");
	}

	private static void isNotFinal(StudentPhone phone, int status, String type, String body) {
		fulfill(phone.page(), status, type, body);
		phone.press("now");
		assertThat(phone.page().locator("[data-now]")).isEnabled();
		assertThat(phone.page().locator("[data-offline-why]"))
			.hasText("Another machine answered, not the roll call (" + status + ").");
		phone.shows("offline", "042191010");
	}

	private static void fulfill(Page page, int status, String type, String body) {
		page.unroute("**/presence");
		page.route("**/presence", (route) -> route
			.fulfill(new Route.FulfillOptions().setStatus(status).setContentType(type).setBody(body)));
	}

}
