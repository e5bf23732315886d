package rollcall.pages;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http;
import rollcall.Relay;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard and its projector view while students arrive.
 */
class TeacherPageIT extends InChromium {

	@Test
	void teacherAndStudentFromStartToEnd() {
		TestClass room = new TestClass(this.port);
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher"));
		teacher.page().locator("#class").fill(String.valueOf(room.id));
		teacher.page().keyboard().press("Enter");
		teacher.isLive();
		teacher.counts(0);

		Page student = phone();
		student.navigate(url("/" + room.id));
		student.locator("#student").fill("042191010");
		student.locator("[data-send]").click();
		assertThat(student.locator("body")).hasAttribute("data-state", "recorded");
		teacher.counts(1);
		assertThat(teacher.visibleStudents()).containsExactly("042191010");

		teacher.end();
		assertThat(teacher.hook("students").locator(".id")).hasText(new String[] { "042191010" });
		assertThat(teacher.page()).hasURL(Pattern.compile("#" + room.id + "/sheet/"));

		student.locator("[data-screen=recorded] [data-back]").click();
		student.locator("#student").fill("042191011");
		student.locator("[data-send]").click();
		assertThat(student.locator("body")).hasAttribute("data-state", "refused");
	}

	@Test
	void dashboardShows300Arrivals() {
		TestClass room = new TestClass(this.port);
		room.start();
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		teacher.isLive();

		List<String> students = room.arrive("S-", 300);

		teacher.counts(300);
		Dashboard.Arrivals list = teacher.arrivals();
		assertThat(list.places()).isEqualTo(IntStream.rangeClosed(1, 300).boxed().toList());
		assertThat(list.students()).containsExactlyInAnyOrderElementsOf(students);
		assertThat(list.mostRows()).isLessThan(60);
	}

	@Test
	void earlierArrivalsAreShown() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("early-", 20);
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher"));
		teacher.page().locator("a[href='#" + room.id + "']").click();
		teacher.isLive();
		room.arrive("late-", 5);
		teacher.counts(25);
	}

	@Test
	void dashboardReconnectsAfterANetworkFailure() throws IOException {
		TestClass room = new TestClass(this.port);
		room.start();
		try (Relay network = new Relay(this.port)) {
			Page page = laptop();
			page.clock().install();
			Dashboard teacher = new Dashboard(page).open(network.url() + "/teacher#" + room.id);
			teacher.isLive();
			List<String> students = new ArrayList<>(room.arrive("before-", 10));
			teacher.counts(10);

			network.cut();
			assertThat(teacher.hook("connection")).hasText(Pattern.compile("Reconnecting since \\d\\d:\\d\\d:\\d\\d"));
			students.addAll(room.arrive("meanwhile-", 30));
			// Long enough for several failed attempts.
			for (int second = 0; second < 10; second++) {
				page.clock().runFor(1_000);
			}
			network.mend();

			teacher.isLive();
			teacher.counts(40);
			students.addAll(room.arrive("after-", 5));
			teacher.counts(45);
			assertThat(teacher.arrivals().students()).containsExactlyInAnyOrderElementsOf(students);
			assertThat(teacher.arrivals().places()).isEqualTo(IntStream.rangeClosed(1, 45).boxed().toList());
		}
	}

	@Test
	void anEndWithoutAnAnswerIsRepeatedAlsoAfterTheLanguageWasChanged() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.isLive();
		String roll = "**/classes/" + room.id + "/roll";
		page.route(roll, (route) -> route.fulfill(new Route.FulfillOptions().setStatus(502)));
		teacher.end();
		assertThat(teacher.hook("end")).hasText("Ending…");
		teacher.hook("languages").selectOption("es");
		assertThat(teacher.hook("end")).hasText("Cerrando…");
		page.unroute(roll);
		assertThat(page.locator(".sheet h1")).hasText("Hoja de la clase " + room.id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "en-GB", "en-US", "es-ES", "es-MX", "pt-BR", "pt-PT" })
	void timesHaveTwoDigitsForTheHour(String locale) {
		Page page = window(new Browser.NewContextOptions().setLocale(locale));
		page.navigate(url("/teacher"));
		List<?> times = (List<?>) page.evaluate("""
				() => import('/teacher/language.js').then(({ Language }) => {
				  const language = new Language(Language.preferred(), {});
				  const morning = new Date(2026, 0, 2, 9, 5, 3);
				  return [language.time(morning), language.dateTime(morning)];
				})""");
		assertThat(times.get(0)).isEqualTo("09:05:03");
		assertThat((String) times.get(1)).endsWith(", 09:05:03").contains("2026");
	}

	@Test
	void openRollIsShownInsteadOfStartedAgain() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("S-", 2);
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher"));
		teacher.page().locator("#class").fill(String.valueOf(room.id));
		teacher.page().keyboard().press("Enter");
		teacher.page().locator("[data-already] [data-show-roll]").click();
		teacher.counts(2);
	}

	@Test
	void listIsSearchedAndSorted() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("b", 1);
		room.arrive("a", 1);
		room.arrive("X-b", 1);
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		teacher.counts(3);
		assertThat(teacher.visibleStudents()).containsExactly("X-b1", "a1", "b1");
		teacher.page().locator("[data-order=id]").click();
		assertThat(teacher.page().locator("[data-rows] .id")).hasText(new String[] { "a1", "b1", "X-b1" });
		teacher.hook("find").fill("B1");
		assertThat(teacher.page().locator("[data-rows] .id")).hasText(new String[] { "b1", "X-b1" });
		teacher.page().locator("[data-order=arrival]").click();
		room.arrive("cb", 1);
		assertThat(teacher.page().locator("[data-rows] .id")).hasText(new String[] { "cb1", "X-b1", "b1" });
	}

	@Test
	void projectorShowsTheCountButNoStudentId() {
		TestClass room = new TestClass(this.port);
		room.start();
		Dashboard projector = new Dashboard(laptop()).open(url("/teacher#" + room.id + "/projector"));
		projector.isLive();
		room.arrive("042191-", 7);
		projector.counts(7);
		assertThat(projector.page().content()).doesNotContain("042191-");
		assertThat(projector.hook("address")).hasText(Pattern.compile("http://.*/" + room.id));
		assertThat(QrPicture.read(projector.hook("qr")))
			.isEqualTo(projector.hook("address").textContent().toUpperCase(Locale.ROOT));

		room.end();
		assertThat(projector.hook("closed")).hasText("The roll has ended");
		for (String part : List.of("qr", "address", "clock", "connection")) {
			assertThat(projector.hook(part)).isHidden();
		}
		projector.counts(7);
		room.start();
		projector.counts(0);
		assertThat(projector.hook("closed")).isHidden();
		assertThat(projector.hook("qr")).isVisible();
	}

	@Test
	void dashboardCanBeUsedWithTheKeyboardAlone() {
		TestClass room = new TestClass(this.port);
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher"));
		assertThat(teacher.page().locator("#class")).isFocused();
		teacher.page().keyboard().type(String.valueOf(room.id));
		teacher.page().keyboard().press("Enter");
		teacher.isLive();
		tabTo(teacher.page(), "data-end");
		teacher.page().keyboard().press("Enter");
		tabTo(teacher.page(), "data-confirm");
		teacher.page().keyboard().press("Enter");
		tabTo(teacher.page(), "data-csv");
	}

	@Test
	void headingHasTheFocusAfterTheStartAndTheDialogReturnsIt() {
		TestClass room = new TestClass(this.port);
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher"));
		teacher.page().locator("#class").fill(String.valueOf(room.id));
		teacher.page().keyboard().press("Enter");
		teacher.isLive();
		assertThat(teacher.page().locator("h1")).isFocused();
		teacher.hook("end").click();
		assertThat(teacher.hook("keep")).isFocused();
		teacher.page().keyboard().press("Escape");
		assertThat(teacher.hook("end")).isFocused();
		teacher.end();
		assertThat(teacher.hook("students")).isAttached();
		assertThat(teacher.page().locator("h1")).isFocused();
	}

	@Test
	void titleOfThePageHasTheCount() {
		TestClass room = new TestClass(this.port);
		room.start();
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		teacher.isLive();
		assertThat(teacher.page()).hasTitle("Class " + room.id + " – rollcall");
		room.arrive("S-", 3);
		assertThat(teacher.page()).hasTitle("(3) Class " + room.id + " – rollcall");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "abc", "0", "42.5", "9007199254740992", "123456789012345678901234567890" })
	void aClassNumberThatCannotBeIsExplained(String typed) {
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher"));
		teacher.page().locator("#class").fill(typed);
		teacher.page().keyboard().press("Enter");
		assertThat(teacher.hook("problem")).hasText(typed.isEmpty() ? "Type the number of the class, for example 42."
				: "“" + typed + "” cannot be the number of a class. Type digits only, for example 42.");
		assertThat(teacher.page().locator("#class")).hasAttribute("aria-invalid", "true");
		teacher.page().locator("#class").fill("7");
		assertThat(teacher.hook("problem")).isHidden();
		assertThat(teacher.page().locator("#class")).not().hasAttribute("aria-invalid", "true");
	}

	@Test
	void aNarrowScreenShowsLongIdsAndTheEndBelowTheList() {
		TestClass room = new TestClass(this.port);
		room.start();
		String id = room.arrive("W".repeat(63), 1).get(0);
		Dashboard teacher = new Dashboard(phone()).open(url("/teacher#" + room.id));
		teacher.counts(1);
		assertThat(teacher.page().locator("[data-rows] .id")).hasText(id);
		assertThat((Boolean) teacher.page().evaluate("""
				() => {
				  const row = document.querySelector('[data-rows] li');
				  const id = row.querySelector('.id');
				  return id.scrollWidth <= id.clientWidth && row.scrollHeight <= row.clientHeight;
				}""")).as("the whole id is visible").isTrue();
		assertThat(teacher.hook("end").boundingBox().y)
			.isGreaterThan(teacher.page().locator(".arrivals").boundingBox().y);
		assertThat(teacher.hook("peak")).hasText("peak 1 in 10 s");
		assertThat(teacher.page().locator("[data-chart] path").getAttribute("d")).containsOnlyOnce("M");
	}

	@Test
	void aLongClassNumberDoesNotReachOverTheConnection() {
		long classId = ProjectorIT.LONG_CLASS + Http.newClassId() % 900;
		new Http(this.port).start(classId);
		Page page = laptop();
		page.setViewportSize(1024, 768);
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + classId));
		teacher.isLive();
		BoundingBox heading = page.locator("h1").boundingBox();
		assertThat(heading.x + heading.width).isLessThan(teacher.hook("connection").boundingBox().x);
	}

	@Test
	void languageIsSwitchedAndRemembered() {
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher"));
		assertThat(teacher.page().locator("h1")).hasText("Open a roll");
		teacher.hook("languages").selectOption("pt-BR");
		assertThat(teacher.page().locator("h1")).hasText("Abrir uma chamada");
		teacher.page().reload();
		assertThat(teacher.page().locator("h1")).hasText("Abrir uma chamada");
		teacher.page().navigate(url("/"));
		assertThat(teacher.page().locator("[data-send]")).hasText("Presente!");
	}

	/** Presses Tab until the element with the attribute has the focus. */
	private static void tabTo(Page page, String attribute) {
		assertThat(page.locator("[" + attribute + "]")).isVisible();
		for (int i = 0; i < 30; i++) {
			if (Boolean.TRUE
				.equals(page.evaluate("(attribute) => document.activeElement.hasAttribute(attribute)", attribute))) {
				return;
			}
			page.keyboard().press("Tab");
		}
		throw new AssertionError("Tab never moves the focus to " + attribute);
	}

}
