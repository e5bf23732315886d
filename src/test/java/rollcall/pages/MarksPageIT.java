package rollcall.pages;

import java.io.IOException;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import rollcall.Await;
import rollcall.Relay;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * The dashboard while another page or program marks students and changes the times.
 */
class MarksPageIT extends InChromium {

	private static final String LATE_AFTER_A_SECOND = "{\"lateAfter\": \"PT1S\"}";

	@Test
	void marksAppearWhileThePageIsLive() {
		TestClass room = new TestClass(this.port);
		room.start();
		Dashboard teacher = new Dashboard(laptop()).withThreeStudents(room, url(""));
		room.mark("a1", "absent");
		teacher.counts(2);
		rows(teacher, "2 c1", "1 b1", "a1 absent");
		assertThat(teacher.hook("absent")).hasText("1");
		assertThat(teacher.page()).hasTitle("(2) Class " + room.id + " – rollcall");
		room.mark("b1", "late");
		rows(teacher, "2 c1", "1 b1 late, by the teacher", "a1 absent");
		room.mark("a1", "present");
		rows(teacher, "3 c1", "2 b1 late, by the teacher", "1 a1 by the teacher");
		assertThat(teacher.hook("absent")).isHidden();
		room.mark("d1", "present");
		teacher.counts(4);
		room.mark("b1", "excused");
		rows(teacher, "3 d1 by the teacher", "2 c1", "1 a1 by the teacher", "b1 excused");
		teacher.hook("find").fill("b");
		rows(teacher, "b1 excused");

		teacher.end();
		lines(teacher.hook("students").locator("tr"), "1 a1 present, by the teacher", "2 c1 present",
				"3 d1 present, by the teacher");
		lines(teacher.hook("absences").locator("tr"), "b1 excused");
		assertThat(teacher.hook("count")).hasText("3");
	}

	@Test
	void missedMarksAppearAfterALostConnection() throws IOException {
		TestClass room = new TestClass(this.port);
		room.start();
		try (Relay network = new Relay(this.port)) {
			Dashboard teacher = new Dashboard(laptop()).withThreeStudents(room, network.url());
			room.mark("c1", "absent");
			teacher.counts(2);
			network.cut();
			assertThat(teacher.hook("connection")).hasAttribute("data-state", "reconnecting");
			room.mark("a1", "absent");
			room.mark("b1", "late");
			room.mark("c1", "present");
			room.mark("d1", "late");
			room.setTimes("{\"endsAfter\": \"PT24H\"}");
			network.mend();
			teacher.isLive();
			rows(teacher, "3 d1 late, by the teacher", "2 c1 by the teacher", "1 b1 late, by the teacher", "a1 absent");
			assertThat(teacher.hook("ends-at")).isVisible();

			room.end();
			assertThat(teacher.hook("show-sheet")).isVisible();
			room.discardSheets();
			teacher.hook("show-sheet").click();
			assertThat(teacher.hook("students").locator(".id")).hasText(new String[] { "b1", "c1", "d1" });
			assertThat(teacher.hook("absences").locator(".id")).hasText("a1");
			assertThat(teacher.hook("notice")).not().containsText("did not reach this page");
		}
	}

	@Test
	void aChangedLateTimeRelabelsTheStudentsWithoutAMark() {
		TestClass room = new TestClass(this.port);
		Instant started = Instant.parse(room.startedAt());
		room.setTimes(LATE_AFTER_A_SECOND);
		Await.until("students are late", () -> Instant.now().isAfter(started.plusSeconds(1)));
		Dashboard teacher = new Dashboard(laptop()).withThreeStudents(room, url(""));
		room.mark("b1", "late");
		room.mark("c1", "present");
		rows(teacher, "3 c1 by the teacher", "2 b1 late, by the teacher", "1 a1 late");
		assertThat(teacher.hook("late-from")).hasText(Pattern.compile("\\d\\d:\\d\\d:\\d\\d"));
		room.setTimes("{\"lateAfter\": null}");
		rows(teacher, "3 c1 by the teacher", "2 b1 late, by the teacher", "1 a1");
		assertThat(teacher.hook("late-from")).isHidden();
		room.setTimes(LATE_AFTER_A_SECOND);
		rows(teacher, "3 c1 by the teacher", "2 b1 late, by the teacher", "1 a1 late");
	}

	/** Requires these rows in the list: place, id and status. */
	private static void rows(Dashboard teacher, String... rows) {
		lines(teacher.page().locator("[data-rows] .line"), rows);
	}

	private static void lines(Locator lines, String... texts) {
		assertThat(lines).hasText(Stream.of(texts)
			.map((text) -> Pattern.compile("^\\s*" + text.replace(" ", "\\s*") + "\\s*\\d\\d:\\d\\d:\\d\\d\\s*$"))
			.toArray(Pattern[]::new));
	}

}
