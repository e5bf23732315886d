package rollcall.pages;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollcall.Await;
import rollcall.Http;
import rollcall.Relay;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code of a roll on the dashboard and on its projector view.
 */
class CodePageIT extends InChromium {

	private static final Pattern LETTERS = Pattern.compile("[B-DF-HJ-NP-TV-XZ]{3} [B-DF-HJ-NP-TV-XZ]{3}");

	/** The time for which each code is shown, and the time for which a page has codes. */
	private static final int PERIOD_MS = 15_000;

	private static final int FETCHED_MS = 60_000;

	private static final List<String> SIZES = List.of("568x320", "740x360", "360x640", "1024x768", "1440x900");

	/** Answers two codes after nine seconds, as a slow network does. */
	private static final String FOLLOW_LATE_CODES = """
			() => import('/teacher/roll-codes.js').then(({ RollCodes }) => {
			  const answer = { rollId: 'r', codes: [
			    { code: 'BBBBBB', fromMs: -5000, untilMs: 10000 }, { code: 'CCCCCC', fromMs: 10000, untilMs: 25000 }] };
			  window.codes = new RollCodes({ codes: () => new Promise((done) => setTimeout(() => done(answer), 9000)) }, 1);
			  window.codes.follow(true);
			})""";

	private static final String SHOWN = "window.codes.shown?.code ?? 'none'";

	@Test
	void theProjectorShowsTheCodeUntilItRunsOutAndKeepsItsPlaces() throws IOException {
		TestClass room = new TestClass(this.port);
		room.start();
		room.present("a-1");
		try (Relay network = new Relay(this.port)) {
			Page page = laptop();
			page.clock().install();
			Dashboard projector = new Dashboard(page).open(network.url() + "/teacher#" + room.id + "/projector");
			projector.counts(1);
			assertThat(projector.hook("letters")).isHidden();
			assertThat(projector.hook("code-aloud")).isHidden();
			assertThat(link(projector)).isEqualTo(address(projector));
			BoundingBox plain = projector.hook("qr").boundingBox();

			room.setCode(true);
			assertThat(projector.hook("letters")).hasText(LETTERS);
			isOnlyOfThisRoll(projector, room);
			samePlace(projector, plain);
			String view = projector.hook("qr").getAttribute("viewBox");

			String spoken = aloud(projector);
			assertThat(spoken).matches("([A-Z], ){5}[A-Z]");

			network.cut();
			String first = projector.hook("letters").textContent();
			page.clock().fastForward(PERIOD_MS);
			assertThat(projector.hook("letters")).not().hasText(first);
			assertThat(projector.hook("letters")).hasText(LETTERS);
			isOnlyOfThisRoll(projector, room);
			samePlace(projector, plain);
			assertThat(projector.hook("qr").getAttribute("viewBox")).isEqualTo(view);
			assertThat(projector.hook("code-told")).isEmpty();

			page.clock().fastForward(FETCHED_MS);
			assertThat(projector.hook("letters")).isEmpty();
			assertThat(projector.hook("code-name")).hasText("The next code appears when the server answers.");
			assertThat(QrPicture.read(projector.hook("qr"))).isEmpty();
			samePlace(projector, plain);
			assertThat(aloud(projector)).isEqualTo("No code is shown at the moment.");

			network.mend();
			assertThat(projector.hook("letters")).hasText(LETTERS);
			assertThat(projector.hook("code-name")).hasText("Code");
			page.reload();
			assertThat(projector.hook("letters")).hasText(LETTERS);
			room.setCode(false);
			assertThat(projector.hook("letters")).isHidden();
			assertThat(link(projector)).isEqualTo(address(projector));
			samePlace(projector, plain);
		}
	}

	@Test
	void aCodeIsNeverShownBeforeItsTimeAndNotAfterTheComputerSlept() {
		Page page = laptop();
		page.clock().install();
		page.navigate(url("/teacher"));
		assertThat(page.locator("#class")).isFocused();
		pauseClock(page);
		page.evaluate(FOLLOW_LATE_CODES);
		assertThat(page.evaluate(SHOWN)).isEqualTo("none");
		page.clock().runFor(9_000);
		assertThat(page.evaluate(SHOWN)).isEqualTo("BBBBBB");
		page.clock().runFor(9_990);
		assertThat(page.evaluate(SHOWN)).as("ten seconds after the answer, not after the request").isEqualTo("BBBBBB");
		page.clock().runFor(20);
		assertThat(page.evaluate(SHOWN)).isEqualTo("CCCCCC");
		long now = ((Number) page.evaluate("Date.now()")).longValue();
		page.clock().setSystemTime(now - 3_600_000);
		assertThat(page.evaluate(SHOWN)).as("after the wall clock was set back").isEqualTo("CCCCCC");
		page.clock().setSystemTime(now + 3_600_000);
		assertThat(page.evaluate(SHOWN)).as("after an hour in which the monotonic clock stood still").isEqualTo("none");
	}

	@Test
	void theCodeIsSwitchedOnAtTheStartAndByEachDashboardWhileTheRollRuns() {
		TestClass room = new TestClass(this.port);
		Page page = laptop();
		Dashboard teacher = new Dashboard(page).open(url("/teacher"));
		page.locator("#class").fill(String.valueOf(room.id));
		page.locator("summary").click();
		assertThat(switchOf(page)).not().isChecked();
		switchOf(page).check();
		assertThat(teacher.hook("options-summary")).hasText("with a code");
		page.keyboard().press("Enter");
		teacher.isLive();
		assertThat(teacher.hook("asks-code")).hasText("on");
		assertThat(room.asksCode()).isTrue();

		Dashboard other = new Dashboard(page.context().newPage()).open(url("/teacher#" + room.id));
		assertThat(other.hook("asks-code")).isVisible();
		teacher.hook("options").click();
		assertThat(switchOf(page)).isChecked();
		switchOf(page).uncheck();
		page.keyboard().press("Enter");
		assertThat(teacher.hook("asks-code")).isHidden();
		assertThat(other.hook("asks-code")).isHidden();
		assertThat(room.asksCode()).isFalse();

		teacher.hook("options").click();
		room.setCode(true);
		assertThat(other.hook("asks-code")).isVisible();
		page.locator("#late-after").fill("10");
		page.keyboard().press("Enter");
		assertThat(other.hook("late-from")).isVisible();
		assertThat(room.asksCode()).as("the dialog was opened before another page switched the code on").isTrue();
		room.setCode(false);
		assertThat(other.hook("asks-code")).isHidden();

		other.hook("options").click();
		switchOf(other.page()).check();
		other.page().keyboard().press("Enter");
		assertThat(teacher.hook("asks-code")).isVisible();
		assertThat(room.asksCode()).isTrue();
		page.reload();
		assertThat(teacher.hook("asks-code")).isVisible();
		page.navigate(url("/teacher"));
		assertThat(teacher.hook("options-summary")).hasText("with a code");
	}

	@Test
	void anAddressForAnotherComputerIsMadeByAClickAndClosedByAnother() {
		TestClass room = new TestClass(this.port);
		room.start();
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		teacher.isLive();
		teacher.hook("other-screen").click();
		assertThat(teacher.hook("made-address")).isEmpty();
		teacher.hook("make").click();
		Locator letters = teacher.hook("made-address").locator("b");
		assertThat(letters).hasText(new Pattern[] { Pattern.compile("[A-Z]{4}"), Pattern.compile("[A-Z]{4}") });
		String path = "/p/" + String.join("", letters.allTextContents());
		assertThat(teacher.hook("made-address")).hasText(Pattern.compile("http://[^/]+" + path));
		Http http = new Http(this.port);
		assertThat(http.get(path + "/state").status()).isEqualTo(200);
		teacher.hook("revoke").click();
		assertThat(teacher.hook("made-text")).hasText("All such addresses of this roll are closed.");
		assertThat(teacher.hook("made-address")).isEmpty();
		assertThat(http.get(path + "/state").status()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "LIGHT, en", "DARK, pt-BR", "LIGHT, es" })
	void thePagesOfTheCodeFitOnEachScreen(ColorScheme scheme, String language) {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("a", 60);
		room.setCode(true);
		Page page = window(new Browser.NewContextOptions().setColorScheme(scheme).setLocale(language));
		Dashboard projector = new Dashboard(page).open(url("/teacher#" + room.id + "/projector"));
		assertThat(projector.hook("letters")).hasText(LETTERS);
		inspectAt(SIZES, page, "projector-code", scheme);
		room.setTimes("{\"lateAfter\": \"PT10M\", \"endsAfter\": \"PT20M\"}");
		assertThat(projector.hook("left")).isVisible();
		for (String size : List.of("568x320", "740x360", "1024x768", "1440x900")) {
			ProjectorIT.fits(page, size);
		}
		page.navigate(url("/teacher#" + room.id));
		projector.isLive();
		projector.hook("options").click();
		inspectAt(List.of("740x360", "360x640", "1024x768"), page, "code-options", scheme);
	}

	private static Locator switchOf(Page page) {
		return page.locator("[data-ask-code]");
	}

	/** Requires that the letters and the QR code name one code of this roll. */
	private static void isOnlyOfThisRoll(Dashboard projector, TestClass room) {
		Await.until("letters and QR code are a code of the roll", () -> {
			String code = projector.hook("letters").textContent().replace(" ", "");
			return link(projector).equals(address(projector) + "/" + code) && room.codes().contains(code);
		});
	}

	/** The text of the QR code. */
	private static String link(Dashboard projector) {
		return QrPicture.read(projector.hook("qr"));
	}

	private static String address(Dashboard projector) {
		return projector.hook("address").textContent().toUpperCase(Locale.ROOT);
	}

	/** Asks for the code as a user of a screen reader does, and returns what it hears. */
	private static String aloud(Dashboard projector) {
		projector.hook("code-aloud").click();
		assertThat(projector.hook("code-told")).not().isEmpty();
		return projector.hook("code-told").textContent();
	}

	private static void samePlace(Dashboard projector, BoundingBox before) {
		BoundingBox now = projector.hook("qr").boundingBox();
		assertThat(List.of(now.x, now.y, now.width, now.height))
			.isEqualTo(List.of(before.x, before.y, before.width, before.height));
	}

}
