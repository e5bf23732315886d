package rollcall.pages;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sheets that the server keeps, and the warnings before one is lost.
 */
class LeavingIT extends InChromium {

	@Test
	void anUnsavedSheetIsNotLeftSilently() {
		Dashboard teacher = new Dashboard(laptop());
		Page page = teacher.page();
		TestClass room = endedRoll(teacher);
		assertThat(teacher.hook("notice"))
			.hasText(Pattern.compile("The server keeps this sheet until .*\\. Download or print it before then\\."));

		page.locator(".sheet a[href='#']").click();
		assertThat(page.locator("[data-leaving]")).isVisible();
		assertThat(page.locator("[data-leaving] [data-what]")).containsText("The server keeps it until ");
		page.locator("[data-stay]").click();
		assertThat(teacher.hook("students").locator("tr")).hasCount(3);
		assertThat(page).hasURL(Pattern.compile("#" + room.id + "/sheet/"));

		page.goBack();
		assertThat(page.locator("[data-leaving]")).isVisible();
		page.locator("[data-stay]").click();
		assertThat(page).hasURL(Pattern.compile("#" + room.id + "/sheet/"));

		List<String> warnings = new CopyOnWriteArrayList<>();
		page.onDialog((dialog) -> {
			warnings.add(dialog.type());
			dialog.dismiss();
		});
		page.waitForCondition(() -> {
			page.evaluate("setTimeout(() => window.location.reload())");
			page.waitForTimeout(200);
			return !warnings.isEmpty();
		});
		assertThat(warnings).containsOnly("beforeunload");
		assertThat(teacher.hook("students").locator("tr")).hasCount(3);

		page.locator(".sheet a[href='#']").click();
		page.locator("[data-leave]").click();
		assertThat(page.locator("h1")).hasText("Open a roll");
	}

	@Test
	void beforeTheServerHasAnsweredTheQuestionSaysOnlyWhatIsKnown() {
		Dashboard teacher = new Dashboard(laptop());
		Page page = teacher.page();
		page.route("**/sheets", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
		endedRoll(teacher);
		page.locator(".sheet a[href='#']").click();
		assertThat(page.locator("[data-leaving] [data-what]"))
			.hasText("You have not downloaded, printed or copied it.");
	}

	@Test
	void aDownloadedSheetIsLeftWithoutAQuestion() {
		Dashboard teacher = new Dashboard(laptop());
		Page page = teacher.page();
		endedRoll(teacher);
		page.waitForDownload(() -> teacher.hook("csv").click());
		page.onDialog(Dialog::dismiss);
		page.locator(".sheet a[href='#']").click();
		assertThat(page.locator("h1")).hasText("Open a roll");
	}

	@Test
	void aCopiedSheetIsLeftWithoutAQuestion() {
		Dashboard teacher = new Dashboard(laptop());
		Page page = teacher.page();
		endedRoll(teacher);
		assertThat(teacher.hook("notice")).not().hasClass(Pattern.compile("calm"));
		page.evaluate("window.getSelection().selectAllChildren(document.querySelector('[data-students]'))");
		page.keyboard().press("Control+C");
		assertThat(teacher.hook("notice")).hasClass(Pattern.compile("calm"));
		page.locator(".sheet a[href='#']").click();
		assertThat(page.locator("h1")).hasText("Open a roll");
	}

	@Test
	void theAddressOfAnEndedClassLeadsToItsSheet() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("S-", 4);
		room.end();
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		assertThat(teacher.hook("class-title")).hasText("Class " + room.id);
		assertThat(teacher.hook("class-title")).isFocused();
		assertThat(teacher.page().locator("#class")).hasValue(String.valueOf(room.id));
		assertThat(teacher.hook("class-sheets").locator("li")).hasCount(1);
		assertThat(teacher.hook("class-sheets").locator("li"))
			.containsText(Pattern.compile("4 present\\s+Handed over, kept until \\d\\d:\\d\\d:\\d\\d"));
		teacher.hook("class-sheets").locator("a").click();
		assertThat(teacher.hook("students").locator("tr")).hasCount(4);
	}

	@Test
	void homeListsTheKeptSheets() {
		for (int i = 0; i < 7; i++) {
			TestClass room = new TestClass(this.port);
			room.start();
			room.end();
		}
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher"));
		assertThat(teacher.hook("sheets").locator("li")).hasCount(5);
		teacher.hook("all").click();
		assertThat(teacher.hook("all")).isHidden();
		assertThat(teacher.hook("sheets").locator("li")).not().hasCount(5);
	}

	@Test
	void aSheetStaysOnThePageAfterTheServerHasDeletedIt() {
		Dashboard teacher = new Dashboard(laptop());
		TestClass room = endedRoll(teacher);
		room.discardSheets();
		teacher.page().evaluate("window.dispatchEvent(new Event('online'))");
		assertThat(teacher.hook("notice"))
			.hasText("The server has deleted this sheet. Only this page still shows it: download or print it now.");
		teacher.page().waitForDownload(() -> teacher.hook("csv").click());
	}

	/** Ends a roll with three students on the page. */
	private TestClass endedRoll(Dashboard teacher) {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("S-", 3);
		teacher.open(url("/teacher#" + room.id));
		teacher.isLive();
		teacher.end();
		assertThat(teacher.hook("students").locator("tr")).hasCount(3);
		return room;
	}

}
