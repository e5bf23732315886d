package rollcall.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Await;
import rollcall.Relay;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The teacher corrects the list in the dashboard.
 */
class MarkingPageIT extends InChromium {

	private static final List<String> SIZES = List.of("360x640", "740x360", "1024x768", "1440x900");

	@Test
	void studentsAreMarkedByKeyAndByTapAndTheLastMarksAreUndone() {
		TestClass room = new TestClass(this.port);
		room.start();
		Dashboard teacher = new Dashboard(slowly(laptop())).withThreeStudents(room, url(""));
		Page page = teacher.page();
		row(teacher, "c1").focus();
		page.keyboard().press("ArrowDown");
		assertThat(row(teacher, "b1")).isFocused();
		double place = row(teacher, "b1").boundingBox().y;
		page.keyboard().press("a");
		hasStatus(teacher, "b1", "absent");
		teacher.counts(2);
		room.arrive("d", 1);
		teacher.counts(3);
		assertThat(row(teacher, "b1")).isFocused();
		assertThat(row(teacher, "b1").boundingBox().y).as("the row does not move").isEqualTo(place);
		assertThat(teacher.hook("matches")).hasText("1 new at the top");
		row(teacher, "a1").locator("[data-mark=late]").click();
		hasStatus(teacher, "a1", "late, by the teacher");
		row(teacher, "a1").locator("[data-mark=excused]").click();
		hasStatus(teacher, "a1", "excused");
		page.keyboard().press("Control+z");
		hasStatus(teacher, "a1", "late, by the teacher");
		page.keyboard().press("Control+z");
		hasStatus(teacher, "a1", "by the teacher");
		undo(teacher).click();
		hasStatus(teacher, "b1", "by the teacher");
		teacher.counts(4);
		assertThat(undo(teacher)).isHidden();
		assertThat(room.current()).contains("\"presences\"").doesNotContain("absences", "late");

		row(teacher, "c1").locator("[data-mark=excused]").click();
		assertThat(undo(teacher)).isVisible();
		room.mark("c1", "late");
		hasStatus(teacher, "c1", "late, by the teacher");
		assertThat(undo(teacher)).isHidden();
	}

	/** The topic is sometimes faster than the answer to the mark that it announces. */
	@Test
	void eachMarkIsUndoneAlsoIfTheTopicComesBeforeTheAnswer() {
		TestClass room = new TestClass(this.port);
		room.start();
		Dashboard teacher = new Dashboard(slowly(laptop())).withThreeStudents(room, url(""));
		Page page = teacher.page();
		teacher.isLive();
		row(teacher, "a1").locator("[data-mark=late]").click();
		hasStatus(teacher, "a1", "late, by the teacher");
		row(teacher, "a1").locator("[data-mark=excused]").click();
		hasStatus(teacher, "a1", "excused");
		Await.until("the mark is stored", () -> room.current().contains("excused"));
		List<Route> held = new ArrayList<>();
		page.route("**/roll/students/*", held::add);
		page.keyboard().press("Control+z");
		Await.until("the request is held", () -> {
			page.waitForTimeout(20);
			return !held.isEmpty();
		});
		APIResponse answer = held.get(0).fetch();
		room.mark("b1", "late");
		hasStatus(teacher, "b1", "late, by the teacher");
		held.get(0).fulfill(new Route.FulfillOptions().setResponse(answer));
		page.unroute("**/roll/students/*");
		hasStatus(teacher, "a1", "late, by the teacher");
		page.keyboard().press("Control+z");
		hasStatus(teacher, "a1", "by the teacher");
	}

	@Test
	void aTapOnARowThatHasJustMovedDoesNotCount() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("a", 1);
		Page page = laptop();
		page.clock().install();
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.counts(1);
		teacher.isLive();
		row(teacher, "a1").locator("[data-mark=absent]").hover();
		page.clock().runFor(6_000);
		BoundingBox finger = row(teacher, "a1").locator("[data-mark=absent]").boundingBox();
		pauseClock(page);
		room.arrive("b", 1);
		Await.until("the new row is under the finger", () -> {
			page.clock().runFor(20);
			return row(teacher, "b1").count() == 1;
		});
		page.mouse().down();
		page.mouse().up();
		page.clock().runFor(1_000);
		assertThat(teacher.hook("matches")).isEmpty();
		teacher.counts(2);
		page.mouse().click(finger.x + 5, finger.y + 5);
		page.clock().resume();
		hasStatus(teacher, "b1", "absent");
		assertThat(room.current()).contains("absences").contains("a1");
	}

	@Test
	void aStudentIsAddedByHand() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("a", 1);
		Dashboard teacher = new Dashboard(slowly(laptop())).open(url("/teacher#" + room.id));
		teacher.counts(1);
		add(teacher, "José");
		assertThat(teacher.hook("added")).containsText("“José” is no student id.");
		assertThat(teacher.hook("add-id")).hasAttribute("aria-invalid", "true");
		add(teacher, "\u2003a1 ");
		assertThat(teacher.hook("added")).hasText("a1 was already on the list.");
		add(teacher, " 042191010 ");
		assertThat(teacher.hook("added")).hasText("042191010 is on the list.");
		assertThat(teacher.hook("add-id")).isFocused();
		assertThat(teacher.hook("add-id")).hasValue("");
		hasStatus(teacher, "042191010", "by the teacher");
		teacher.counts(2);
		undo(teacher).click();
		assertThat(undoText(teacher)).containsText("ids cannot be deleted");
		hasStatus(teacher, "042191010", "absent");
		add(teacher, "042191010");
		hasStatus(teacher, "042191010", "by the teacher");
	}

	@Test
	void aStudentOfTheClassListIsAddedByName() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("4219-", 1);
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		teacher.counts(1);
		teacher.hook("roster-open").click();
		teacher.hook("roster-file")
			.setInputFiles(new FilePayload("class.csv", "text/csv",
					"id,name\n04219-1,Ana Souza\n04219-2,João Lima\n04219-3,Ana Prado\n"
						.getBytes(StandardCharsets.UTF_8)));
		teacher.hook("roster-use").click();
		assertThat(teacher.page().locator("#known-names option")).hasCount(3);
		add(teacher, "ana");
		assertThat(teacher.hook("added")).containsText("04219-1, 04219-3");
		add(teacher, "joao");
		assertThat(teacher.hook("added")).hasText("João Lima (04219-2) is on the list.");
		assertThat(row(teacher, "04219-2").locator("[data-mark=present]")).hasAttribute("aria-pressed", "true");
		row(teacher, "04219-3").locator("[data-mark=excused]").click();
		hasStatus(teacher, "04219-3", "excused");
		assertThat(undoText(teacher)).hasText("Ana Prado (04219-3): excused");
		teacher.page().setViewportSize(360, 640);
		teacher.page().locator(".arrivals").evaluate("(card) => card.scrollIntoView()");
		inspect(teacher.page(), "marking-names", ColorScheme.LIGHT);
		teacher.hook("names").click();
		assertThat(teacher.page().locator("#known-names option")).hasCount(0);
		assertThat(teacher.hook("added")).hasText("04219-2 is on the list.");
		teacher.hook("spot-check").click();
		assertThat(teacher.hook("called-what")).containsText("2 students who are present");
		assertThat(teacher.page().locator("[data-called] .name").first()).isEmpty();
	}

	@Test
	void aNameFromRightToLeftLeavesTheRestOfASentenceInItsOrder() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("04219-", 1);
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		teacher.counts(1);
		teacher.hook("roster-open").click();
		teacher.hook("roster-file")
			.setInputFiles(new FilePayload("class.csv", "text/csv",
					"id,name\n04219-1,\u0645\u062d\u0645\u062f\n".getBytes(StandardCharsets.UTF_8)));
		teacher.hook("roster-use").click();
		row(teacher, "04219-1").locator("[data-mark=excused]").click();
		assertThat(undoText(teacher)).containsText(Pattern.compile("\\(04219-1\\).?: excused"));
		List<?> places = (List<?>) undoText(teacher).evaluate("""
				({ firstChild: text }) => {
				  const range = document.createRange();
				  return [...'(0-):'].map((sign) => {
				    range.setStart(text, text.data.indexOf(sign));
				    range.setEnd(text, text.data.indexOf(sign) + 1);
				    return Math.round(range.getBoundingClientRect().left);
				  });
				}""");
		assertThat(places.stream().map(Integer.class::cast).toList()).isSorted();
	}

	@Test
	void marksWithoutAnAnswerAreRepeatedAndTheRollEndsAfterThem() throws IOException {
		TestClass room = new TestClass(this.port);
		room.start();
		try (Relay network = new Relay(this.port)) {
			Dashboard teacher = new Dashboard(laptop()).withThreeStudents(room, network.url());
			teacher.page().route("**/students/a1", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
			row(teacher, "a1").locator("[data-mark=absent]").click();
			assertThat(undoText(teacher)).containsText("1 change is not saved yet.");
			network.cut();
			teacher.page().unroute("**/students/a1");
			row(teacher, "b1").locator("[data-mark=excused]").click();
			hasStatus(teacher, "a1", "saving…");
			hasStatus(teacher, "b1", "saving…");
			assertThat(undoText(teacher)).containsText("2 changes are not saved yet.");
			teacher.end();
			network.mend();
			assertThat(teacher.hook("absences").locator(".id")).hasText(new String[] { "a1", "b1" });
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aMarkThatComesAfterTheEndIsNamedAndDoesNotReachTheNextRoll(boolean endsHereToo) throws IOException {
		TestClass room = new TestClass(this.port);
		room.start();
		try (Relay network = new Relay(this.port)) {
			Dashboard teacher = new Dashboard(laptop()).withThreeStudents(room, network.url());
			network.cut();
			row(teacher, "c1").locator("[data-mark=absent]").click();
			hasStatus(teacher, "c1", "saving…");
			if (endsHereToo) {
				teacher.end();
			}
			room.end();
			room.start();
			room.arrive("c", 1);
			network.mend();
			assertThat(teacher.hook("unsaved")).containsText("c1 absent");
			assertThat(room.current()).contains("\"studentId\":\"c1\"").doesNotContain("absences");
		}
	}

	@Test
	void timesAreSetAtTheStartAndChangedWhileTheRollRuns() {
		TestClass room = new TestClass(this.port);
		Page page = laptop();
		Dashboard teacher = new Dashboard(page).open(url("/teacher"));
		assertThat(teacher.hook("options-summary")).hasText("not set");
		assertThat(page.locator("#late-after")).isHidden();
		page.locator("#class").fill(String.valueOf(room.id));
		page.locator("summary").click();
		page.locator("#late-after").fill("10");
		page.locator("#ends-after").fill("ten");
		page.keyboard().press("Enter");
		assertThat(teacher.hook("mistake")).containsText("“ten” is not a number of minutes.");
		assertThat(page.locator("#ends-after")).isFocused();
		page.locator("#ends-after").fill("10");
		page.keyboard().press("Enter");
		assertThat(teacher.hook("mistake")).containsText("before students are late");
		page.locator("#ends-after").fill("20");
		assertThat(teacher.hook("ends-time")).hasText(Pattern.compile("Ends at \\d\\d:\\d\\d:\\d\\d.*"));
		page.keyboard().press("Enter");
		teacher.isLive();
		assertThat(teacher.hook("late-from")).isVisible();
		assertThat(teacher.hook("left")).hasText(Pattern.compile("(20|19):\\d\\d left"));
		teacher.hook("five-more").click();
		assertThat(teacher.hook("left")).hasText(Pattern.compile("(25|24):\\d\\d left"));

		Dashboard projector = new Dashboard(page.context().newPage()).open(url("/teacher#" + room.id + "/projector"));
		assertThat(projector.hook("left")).hasText(Pattern.compile("(25|24):\\d\\d left"));
		assertThat(projector.hook("late-from")).hasText(Pattern.compile("Late from \\d\\d:\\d\\d:\\d\\d"));

		teacher.hook("options").click();
		assertThat(page.locator("#ends-after")).hasValue("25");
		page.locator("#late-after").fill("");
		page.keyboard().press("Enter");
		assertThat(teacher.hook("late-from")).isHidden();
		assertThat(teacher.hook("left")).isVisible();
		assertThat(projector.hook("late-from")).isHidden();

		page.navigate(url("/teacher"));
		assertThat(teacher.hook("options-summary")).hasText("late after 10 min · ends after 20 min");
		assertThat(page.locator("#late-after")).isHidden();
	}

	@Test
	void aRollThatEndsAtItsDeadlineOffersTheSheetWhichIsHandedOverByAClickOnly() {
		TestClass room = new TestClass(this.port);
		String roll = room.start();
		room.arrive("a", 2);
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		teacher.isLive();
		room.endIn(2_000);
		assertThat(teacher.page().locator("h1")).hasText("This roll has ended");
		assertThat(teacher.hook("where")).hasText(Pattern.compile("It ended by itself, at \\d\\d:\\d\\d:\\d\\d\\."));
		room.isTooLate("late-1");
		teacher.page().reload();
		teacher.page().locator("a[href='#" + room.id + "/sheet/" + roll + "']").click();
		assertThat(teacher.hook("after-end")).containsText("1 answer came after the end.");
		assertThat(teacher.hook("waits")).containsText("ended by itself");
		assertThat(room.sheet(roll).path("taken").asBoolean()).isFalse();
		teacher.hook("collect").click();
		assertThat(teacher.hook("waits")).isHidden();
		assertThat(room.sheet(roll).path("taken").asBoolean()).isTrue();
		assertThat(teacher.hook("students").locator("tr")).hasCount(2);
	}

	@Test
	void fiveStudentsAreCalledAndThoseWhoAreMissingAreMarked() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("s", 7);
		Page page = slowly(laptop());
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.counts(7);
		teacher.hook("spot-check").click();
		Locator called = page.locator("[data-called] li");
		assertThat(called).hasCount(5);
		List<String> first = called.locator(".id").allTextContents();
		page.keyboard().press("p");
		page.keyboard().press("a");
		assertThat(called.nth(1)).hasAttribute("data-result", "absent");
		teacher.counts(6);
		assertThat(called.nth(2).locator("h3")).isFocused();
		page.keyboard().press("Control+z");
		assertThat(called.nth(1)).hasAttribute("data-result", "open");
		teacher.counts(7);
		called.nth(1).locator("[data-answer=absent]").click();
		teacher.counts(6);
		teacher.hook("next").click();
		assertThat(called).hasCount(5);
		List<String> second = called.locator(".id").allTextContents();
		assertThat(second).doesNotContain(first.get(1)).doesNotHaveDuplicates();
		assertThat(second.subList(0, 2)).as("those who were not called come first").doesNotContainAnyElementsOf(first);
		teacher.hook("done").click();
		assertThat(teacher.hook("spot-check")).isFocused();
		assertThat(room.current()).contains("absences").contains('"' + first.get(1) + '"');
	}

	@ParameterizedTest
	@CsvSource({ "LIGHT, pt-BR, A", "DARK, es, R" })
	void markingIsAccessible(ColorScheme scheme, String language, String late) {
		TestClass room = new TestClass(this.port);
		Page page = window(new Browser.NewContextOptions().setColorScheme(scheme).setLocale(language));
		Dashboard teacher = new Dashboard(page).open(url("/teacher"));
		page.locator("#class").fill(String.valueOf(room.id));
		page.locator("summary").click();
		page.locator("#late-after").fill("10");
		page.locator("#ends-after").fill("20");
		inspectAt(List.of("1024x768", "360x640"), page, "marking-start", scheme);
		page.keyboard().press("Enter");
		teacher.isLive();
		room.arrive("04219-", 60);
		room.arrive("042191010042191010", 1);
		room.mark("04219-50", "absent");
		room.mark("04219-57", "excused");
		room.mark("W".repeat(64), "late");
		teacher.counts(60);
		page.locator("[data-rows] li").nth(1).focus();
		page.keyboard().press(late);
		assertThat(undo(teacher)).isVisible();
		inspectAt(List.of("1024x768", "1440x900"), page, "marking-roll", scheme);
		for (String phone : List.of("740x360", "360x640")) {
			inspectAt(List.of(phone), page, "marking-roll", scheme);
			page.locator(".arrivals").evaluate("(card) => card.scrollIntoView()");
			inspectAt(List.of(phone), page, "marking-list", scheme);
		}
		teacher.hook("options").click();
		inspectAt(List.of("740x360", "360x640"), page, "marking-times", scheme);
		page.keyboard().press("Escape");
		teacher.hook("spot-check").click();
		page.locator("[data-called] [data-answer=absent]").first().click();
		inspectAt(SIZES, page, "marking-spot-check", scheme);
		page.keyboard().press("Escape");
		page.navigate(url("/teacher#" + room.id + "/projector"));
		assertThat(teacher.hook("left")).isVisible();
		inspectAt(List.of("360x640", "1024x768"), page, "marking-projector", scheme);
		page.navigate(url("/teacher#" + room.id));
		teacher.isLive();
		room.endIn(1_000);
		assertThat(teacher.hook("where")).isVisible();
		inspect(page, "marking-ended", scheme);
		teacher.hook("show-sheet").click();
		teacher.hook("collect").scrollIntoViewIfNeeded();
		inspectAt(List.of("1440x900", "360x640"), page, "marking-collect", scheme);
	}

	private static Locator undo(Dashboard teacher) {
		return teacher.page().locator(".arrivals [data-undo]");
	}

	private static Locator undoText(Dashboard teacher) {
		return teacher.page().locator(".arrivals [data-undo-text]");
	}

	private static void add(Dashboard teacher, String typed) {
		teacher.hook("add-id").fill(typed);
		teacher.page().keyboard().press("Enter");
	}

	private static Locator row(Dashboard teacher, String studentId) {
		return teacher.page().locator("[data-rows] [data-student-id='" + studentId + "']");
	}

	private static void hasStatus(Dashboard teacher, String studentId, String status) {
		assertThat(row(teacher, studentId).locator(".status")).hasText(status);
	}

}
