package rollcall.pages;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A scanner, or a person at a keyboard, types ids one after the other without looking at
 * the student's page.
 */
class StudentScanIT extends InChromium {

	@Test
	void nextScanReplacesTheAnswer() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		List<String> sent = bodies(page);
		StudentPhone scanner = new StudentPhone(page).open(url("/" + room.id)).asksWith("");
		scanner.scan("042-A.1").shows("recorded", "042-A.1");
		page.keyboard().press("Enter");
		scanner.scan("Zb_9").shows("recorded", "Zb_9");
		scanner.press("back").asksWith("");
		scanner.scan("12 34").asksWith("12 34");
		assertThat(page.locator("[data-problem=student]")).isVisible();
		scanner.scan("777").shows("recorded", "777");
		room.end();
		scanner.scan("888").shows("refused", "888");
		room.start();
		scanner.scan("999").shows("recorded", "999");
		assertThat(sent).containsExactly("042-A.1", "Zb_9", "777", "888", "999");
	}

	@Test
	void keysOutsideTheFieldGoIntoTheField() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		StudentPhone scanner = new StudentPhone(page).open(url("/"));
		page.locator("#class").fill(String.valueOf(room.id));
		page.locator("#student").fill("left over");
		page.locator("main h1:visible").click();
		scanner.scan("042191010").shows("recorded", "042191010");
		scanner.scan("042191011").shows("recorded", "042191011");
	}

	@Test
	void idsTypedDuringARequestAreSentOneAfterTheOther() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		List<String> sent = bodies(page);
		List<Route> held = new CopyOnWriteArrayList<>();
		page.route("**/presence", held::add);
		StudentPhone scanner = new StudentPhone(page).open(url("/" + room.id));
		scanner.scan("A1").scan("").scan("A1").scan("B2").scan("B2");
		page.keyboard().type("C");
		page.waitForCondition(() -> held.size() == 1);
		assertThat(page.locator("[data-send]")).hasText("Sending A1…");
		// The page in another language would not know what waits.
		assertThat(page.locator("[data-language]:disabled")).hasCount(3);
		page.unroute("**/presence");
		held.get(0).resume();
		scanner.shows("recorded", "B2");
		scanner.scan("3").shows("recorded", "C3");
		assertThat(page.locator("[data-language]:disabled")).hasCount(0);
		assertThat(sent).containsExactly("A1", "B2", "C3");
		assertThat(room.current()).contains("\"A1\"", "\"B2\"", "\"C3\"");
	}

	/** The answer to A arrives between the last key of B and its Enter. */
	@Test
	void enterAfterAnAnswerSendsWhatWasTypedBefore() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		List<Route> held = new CopyOnWriteArrayList<>();
		page.route("**/presence", held::add);
		StudentPhone scanner = new StudentPhone(page).open(url("/" + room.id)).scan("A1");
		page.keyboard().type("B2");
		page.waitForCondition(() -> held.size() == 1);
		page.unroute("**/presence");
		held.get(0).resume();
		scanner.shows("recorded", "A1");
		page.keyboard().press("Enter");
		scanner.shows("recorded", "B2");
	}

	@Test
	void idsScannedWithoutAConnectionAreAllSentLater() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		StudentPhone scanner = new StudentPhone(page).open(url("/" + room.id));
		page.route("**/presence", (route) -> route.abort());
		scanner.scan("A1").shows("offline", "A1").scan("B2").shows("offline", "A1, B2");
		page.reload();
		scanner.shows("offline", "A1, B2");
		page.unroute("**/presence");
		scanner.again().shows("recorded", "B2");
		assertThat(room.current()).contains("\"A1\"", "\"B2\"");
	}

	@Test
	void backFromAnUnansweredRequestGivesItsIdBack() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		page.route("**/presence", (route) -> route.abort());
		StudentPhone phone = new StudentPhone(page).open(url("/" + room.id)).answer("wrong").shows("offline", "wrong");
		phone.press("back").asksWith("wrong");
		page.unroute("**/presence");
		phone.answer("right").shows("recorded", "right");
		assertThat(room.current()).doesNotContain("wrong");
	}

	/** The student at the device may not be the one whose id waits. */
	@Test
	void backLosesNoneOfSeveralIds() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		page.route("**/presence", (route) -> route.abort());
		StudentPhone scanner = new StudentPhone(page).open(url("/" + room.id));
		scanner.scan("A1").shows("offline", "A1").scan("B2").shows("offline", "A1, B2");
		scanner.press("back").asksWith("");
		page.unroute("**/presence");
		scanner.scan("C3").shows("recorded", "C3");
		assertThat(room.current()).contains("\"A1\"", "\"B2\"", "\"C3\"");
	}

	/** The student ids that the page sends. */
	private static List<String> bodies(Page page) {
		List<String> ids = new CopyOnWriteArrayList<>();
		page.onRequest((request) -> {
			if (request.method().equals("POST")) {
				ids.add(new JsonMapper().readTree(request.postData()).path("studentId").asString());
			}
		});
		return ids;
	}

}
