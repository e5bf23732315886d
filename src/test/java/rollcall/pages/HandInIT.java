package rollcall.pages;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A class of 62 students from the start of its roll to the list that the teacher hands in
 * the next morning.
 */
class HandInIT extends InChromium {

	private static final int CLASS_SIZE = 62;

	private static final int IN_TIME = 47;

	private static final int ANSWERED = 50;

	@TempDir
	Path folder;

	@Test
	void aSheetThatWaitedIsHandedInAsAWorkbook() throws Exception {
		TestClass room = new TestClass(this.port);
		Page page = laptop();
		Dashboard teacher = new Dashboard(page).open(url("/teacher"));
		page.locator("#class").fill(String.valueOf(room.id));
		page.locator("summary").click();
		page.locator("#ends-after").fill("20");
		page.keyboard().press("Enter");
		teacher.isLive();
		useClassList(teacher);

		room.present(ids(1, IN_TIME));
		room.lateIn(0);
		room.present(ids(IN_TIME + 1, ANSWERED));
		teacher.counts(ANSWERED);
		List<String> removed = callFiveOfWhomTwoAreMissing(teacher);
		teacher.counts(ANSWERED - 2);
		teacher.hook("add-id").fill("student 60");
		page.keyboard().press("Enter");
		teacher.counts(ANSWERED - 1);
		String rollId = room.rollId();
		page.close();
		room.endIn(100);
		Await.until("the roll ends by itself", () -> room.hasSheet(rollId));

		Dashboard nextMorning = new Dashboard(page.context().newPage()).open(url("/teacher#" + room.id));
		nextMorning.page().locator("a[href='#" + room.id + "/sheet/" + rollId + "']").click();
		assertThat(room.sheet(rollId).path("taken").asBoolean()).isFalse();
		nextMorning.hook("collect").click();
		assertThat(nextMorning.hook("waits")).isHidden();
		assertThat(room.sheet(rollId).path("taken").asBoolean()).isTrue();

		Download excel = nextMorning.page().waitForDownload(() -> nextMorning.hook("excel").click());
		Path workbook = this.folder.resolve(excel.suggestedFilename());
		excel.saveAs(workbook);
		LibreOffice office = new LibreOffice(this.folder);
		office.open(workbook);
		List<String> late = new ArrayList<>(List.of(ids(IN_TIME + 1, ANSWERED)));
		late.removeAll(removed);
		List<String> inTime = new ArrayList<>(List.of(ids(1, IN_TIME)));
		inTime.removeAll(removed);
		assertThat(cells(office.sheet("Present"))).containsExactlyInAnyOrderElementsOf(
				Stream
					.concat(Stream.concat(rows(inTime, "present"), rows(late, "late")),
							Stream.of(row(60, "present, by the teacher")))
					.toList());
		assertThat(cells(office.sheet("Absent"))).containsExactlyInAnyOrderElementsOf(
				Stream
					.concat(rows(removed, "absent"),
							IntStream.rangeClosed(ANSWERED + 1, CLASS_SIZE)
								.filter((number) -> number != 60)
								.mapToObj((number) -> row(number, "did not answer")))
					.toList());
	}

	/** Uses a list with a name for each student, and keeps it in the browser. */
	private static void useClassList(Dashboard teacher) {
		StringBuilder list = new StringBuilder("Matrícula;Nome;Sobrenome\r\n");
		for (int number = 1; number <= CLASS_SIZE; number++) {
			list.append("%s;Student;%d\r\n".formatted(id(number), number));
		}
		teacher.hook("roster-open").click();
		teacher.hook("roster-file")
			.setInputFiles(new FilePayload("turma.csv", "text/csv", list.toString().getBytes(StandardCharsets.UTF_8)));
		teacher.hook("roster-keep").check();
		teacher.hook("roster-use").click();
	}

	/** Returns the two students who are not in the room. */
	private static List<String> callFiveOfWhomTwoAreMissing(Dashboard teacher) {
		teacher.hook("spot-check").click();
		Locator called = teacher.page().locator("[data-called] li");
		assertThat(called).hasCount(5);
		List<String> ids = called.locator(".id").allTextContents();
		for (String key : new String[] { "p", "a", "p", "p", "a" }) {
			teacher.page().keyboard().press(key);
		}
		assertThat(teacher.page().locator("[data-called] [data-result=absent]")).hasCount(2);
		teacher.hook("done").click();
		return List.of(ids.get(1), ids.get(4));
	}

	private static String id(int number) {
		return "0421910%02d".formatted(number);
	}

	private static String[] ids(int first, int last) {
		return IntStream.rangeClosed(first, last).mapToObj(HandInIT::id).toArray(String[]::new);
	}

	private static Stream<String> rows(List<String> ids, String status) {
		return ids.stream().map((id) -> row(Integer.parseInt(id.substring(id.length() - 2)), status));
	}

	private static String row(int number, String status) {
		return "\"%s\",\"Student %d\",\"%s\"".formatted(id(number), number, status);
	}

	/** The id, the name and the status of each row below the heading. */
	private static List<String> cells(List<String> rows) {
		return rows.stream()
			.skip(1)
			.map((row) -> row.replaceFirst("^[0-9,]*((?:\"[^\"]*\",){2}\"[^\"]*\").*", "$1"))
			.toList();
	}

}
