package rollcall.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The end of a roll on the dashboard, and its sheet.
 */
class SheetPageIT extends InChromium {

	@Test
	void rollEndedElsewhereIsShownWithALinkToItsSheet() {
		TestClass room = new TestClass(this.port);
		room.start();
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		teacher.isLive();
		List<String> students = room.arrive("S-", 3);
		teacher.counts(3);

		room.end();

		teacher.hook("show-sheet").click();
		assertThat(teacher.hook("students").locator("tr")).hasCount(3);
		assertThat(teacher.hook("students").locator(".id").allTextContents())
			.containsExactlyInAnyOrderElementsOf(students);
	}

	@Test
	void answersAfterTheDeadlineAreCounted() {
		TestClass room = new TestClass(this.port);
		String rollId = room.startAndAwaitTheDeadline();
		room.isTooLate("T-1");
		room.isTooLate("T-2");
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id + "/sheet/" + rollId));
		assertThat(teacher.hook("after-end")).hasText("2 answers came after the end. They are not on the sheet.");
		assertThat(teacher.hook("nobody")).hasText("No student answered.");
	}

	@Test
	void endIsRepeatedAfterALostResponse() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("S-", 2);
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		teacher.isLive();
		AtomicInteger ends = new AtomicInteger();
		teacher.page().route("**/classes/*/roll", (route) -> {
			if (route.request().method().equals("DELETE") && ends.incrementAndGet() == 1) {
				route.fetch();
				route.abort();
			}
			else {
				route.fallback();
			}
		});

		teacher.end();

		assertThat(teacher.hook("students").locator("tr")).hasCount(2);
		assertThat(ends).hasValue(2);
	}

	@Test
	void endCanBeCancelled() {
		TestClass room = new TestClass(this.port);
		room.start();
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		teacher.isLive();
		teacher.hook("end").click();
		teacher.hook("keep").click();
		assertThat(teacher.hook("dialog")).isHidden();
		assertThat(room.current()).contains("\"rollId\"");
	}

	@Test
	void sheetIsShownAgainAfterAReload() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("S-", 4);
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		teacher.isLive();
		teacher.end();
		assertThat(teacher.hook("students").locator("tr")).hasCount(4);
		teacher.page().reload();
		assertThat(teacher.hook("students").locator("tr")).hasCount(4);
	}

	@Test
	void addressOfASheetDoesNotEndTheOpenRoll() {
		TestClass room = new TestClass(this.port);
		String rollId = room.start();
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id + "/sheet/" + rollId));
		teacher.isLive();
		assertThat(room.current()).contains(rollId);
	}

	@Test
	void downloadIsTheCsvOfTheServer() throws IOException {
		TestClass room = new TestClass(this.port);
		String rollId = room.start();
		room.arrive("042-", 12);
		room.mark("042-1", "absent");
		room.mark("042-2", "late");
		Page page = window(new Browser.NewContextOptions().setLocale("pt-BR").setTimezoneId("America/Sao_Paulo"));
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.isLive();
		teacher.end();

		Download download = page.waitForDownload(() -> teacher.hook("csv").click());

		assertThat(Files.readString(download.path())).isEqualTo(room.csvOf(rollId, "America/Sao_Paulo"))
			.contains("\r\n042-1,absent,", ",teacher,", "-03:00,");
		assertThat(download.suggestedFilename()).matches("turma-" + room.id + "-\\d{4}-\\d\\d-\\d\\d-\\d{4}\\.csv");
	}

}
