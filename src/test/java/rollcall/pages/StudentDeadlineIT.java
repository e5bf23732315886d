package rollcall.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The student's page says how long students may answer.
 */
class StudentDeadlineIT extends InChromium {

	private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

	private static final String VISIBLE_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))";

	@Test
	void deadlineIsShownInTheZoneOfThePhoneAndNotWithAReceipt() {
		TestClass room = new TestClass(this.port);
		Instant endsAt = Instant.parse(room.startedAt()).plus(Duration.ofHours(1));
		room.setTimes("{\"endsAfter\": \"PT1H\"}");
		Page page = window(phoneOptions().setTimezoneId(TOKYO.getId()));
		StudentPhone phone = new StudentPhone(page).open(url("/" + room.id)).asksWith("");
		assertThat(until(page)).hasText(Pattern.compile("Answer before \\d\\d:\\d\\d:\\d\\d"));
		assertThat(left(page)).hasText(Pattern.compile("5\\d:\\d\\d left"));
		LocalTime shown = LocalTime.parse(until(page).textContent().replaceAll(".* ", ""));
		long early = Duration.between(shown, LocalTime.ofInstant(endsAt, TOKYO)).toSeconds();
		assertThat(Math.floorMod(early + 1, 86_400L)).as("seconds before the deadline").isLessThan(100);
		phone.answer("042191010").shows("recorded", "042191010");
		assertThat(page.locator("[data-deadline]")).isHidden();
	}

	@Test
	void thePageAsksOnceMoreWhenTheTimeIsOver() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.setTimes("{\"endsAfter\": \"PT1H\"}");
		Page page = phone();
		page.clock().install();
		StudentPhone phone = new StudentPhone(page).open(url("/" + room.id));
		assertThat(left(page)).hasText(Pattern.compile("5\\d:\\d\\d left"));
		room.setTimes("{\"endsAfter\": \"PT5H\"}");
		page.clock().fastForward("01:00:00");
		assertThat(left(page)).hasText(Pattern.compile("4:5\\d:\\d\\d left"));
		room.end();
		List<String> asked = new CopyOnWriteArrayList<>();
		page.onResponse((response) -> asked.add(response.url()));
		page.clock().fastForward("05:00:00");
		page.waitForCondition(() -> !asked.isEmpty());
		assertThat(until(page)).hasText("The time is over");
		assertThat(left(page)).isEmpty();
		assertThat(asked).containsExactly(url("/" + room.id + "/deadline"));
		phone.answer("042191010").shows("refused");
	}

	@Test
	void thePageAsksAgainWhenItIsVisibleAgain() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.setTimes("{\"endsAfter\": \"PT1H\"}");
		Page page = phone();
		new StudentPhone(page).open(url("/" + room.id));
		assertThat(left(page)).hasText(Pattern.compile("5\\d:\\d\\d left"));
		room.setTimes("{\"endsAfter\": \"PT5H\"}");
		page.evaluate(VISIBLE_AGAIN);
		assertThat(left(page)).hasText(Pattern.compile("4:5\\d:\\d\\d left"));
		room.setTimes("{\"endsAfter\": null}");
		page.evaluate(VISIBLE_AGAIN);
		assertThat(page.locator("[data-deadline]")).hasText("");
	}

	@Test
	void studentsAreToldFromWhenTheyAreLate() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.setTimes("{\"lateAfter\": \"PT10M\", \"endsAfter\": \"PT1H\"}");
		Page page = phone();
		page.clock().install();
		new StudentPhone(page).open(url("/" + room.id));
		assertThat(until(page)).hasText(Pattern.compile("Answer before \\d\\d:\\d\\d:\\d\\d to be on time"));
		assertThat(left(page)).hasText(Pattern.compile("(10|\\d):\\d\\d left"));
		List<Route> held = new CopyOnWriteArrayList<>();
		page.route("**/deadline", held::add);
		page.clock().fastForward("10:00");
		assertThat(until(page))
			.hasText(Pattern.compile("If you answer now, you are late. Answer before \\d\\d:\\d\\d:\\d\\d"));
		page.unroute("**/deadline");
		room.setTimes("{\"lateAfter\": \"PT0.001S\", \"endsAfter\": null}");
		page.evaluate(VISIBLE_AGAIN);
		assertThat(until(page)).hasText("If you answer now, you are late");
		assertThat(left(page)).isEmpty();
	}

	/** A phone that has slept shows the old time left, and so it asks again. */
	@Test
	void thePageAsksAgainAfterTheClockHasJumped() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.setTimes("{\"endsAfter\": \"PT1H\"}");
		Page page = phone();
		page.addInitScript("window.passed = 0; const now = Date.now; Date.now = () => now() + window.passed");
		new StudentPhone(page).open(url("/" + room.id));
		assertThat(until(page)).hasText(Pattern.compile("Answer before .*"));
		String before = until(page).textContent();
		page.evaluate("window.passed += 7200000");
		assertThat(until(page)).not().hasText(before);
		assertThat(left(page)).hasText(Pattern.compile("5\\d:\\d\\d left"));
	}

	/** The projector shows it in the same way. */
	@Test
	void theTimeOfDayHasNoPartsOfASecondAndIsNotRoundedUp() {
		Page page = window(phoneOptions().setTimezoneId(TOKYO.getId()));
		page.addInitScript("Date.now = () => Date.UTC(2026, 0, 15, 1, 2, 3); performance.now = () => 1000");
		page.route("**/deadline", (route) -> route
			.fulfill(new Route.FulfillOptions().setContentType("application/json").setBody("{\"endsInMs\": 1900}")));
		new StudentPhone(page).open(url("/" + new TestClass(this.port).id));
		assertThat(until(page)).hasText("Answer before 10:02:04");
	}

	@Test
	void nothingIsShownWithoutAnAnswerOfTheServer() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.setTimes("{\"endsAfter\": \"PT1H\"}");
		Page page = phone();
		page.route("**/deadline",
				(route) -> route.fulfill(new Route.FulfillOptions().setStatus(200)
					.setContentType("text/html")
					.setBody("<h1>Welcome to the Wi-Fi</h1>")));
		StudentPhone phone = new StudentPhone(page);
		for (Runnable answer : List.<Runnable>of(() -> {
		}, () -> page.route("**/deadline", Route::abort), () -> page.route("**/deadline", (route) -> {
		}))) {
			answer.run();
			page.waitForRequest("**/deadline", () -> phone.open(url("/" + room.id)));
			phone.asksWith("");
			assertThat(page.locator("[data-deadline]")).hasText("");
		}
		phone.answer("042191010").shows("recorded");
		phone.open(url("/"));
		assertThat(page.locator("[data-deadline]")).hasCount(0);
	}

	private static Locator until(Page page) {
		return page.locator("[data-deadline] [data-until]");
	}

	private static Locator left(Page page) {
		return page.locator("[data-deadline] [data-left]");
	}

}
