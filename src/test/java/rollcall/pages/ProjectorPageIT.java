package rollcall.pages;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http;
import rollcall.Relay;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The projector's page, which needs no login, in the browser of a lecture hall.
 */
class ProjectorPageIT extends InChromium {

	private static final int[][] SCREENS = { { 1024, 768 }, { 1280, 1024 }, { 1366, 768 }, { 1920, 1080 },
			{ 3840, 2160 } };

	private static final List<String> INSPECTED = List.of("360x640", "740x360", "1024x768", "1920x1080");

	/** The visible texts and pictures that are not wholly on the screen. */
	private static final String CUT = """
			() => [...document.querySelectorAll('main *')]
			  .filter((each) => each.checkVisibility() && each.childElementCount === 0)
			  .filter((each) => {
			    const box = each.getBoundingClientRect();
			    return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight;
			  }).map((each) => each.outerHTML)""";

	private Http http;

	private final long classId = ProjectorIT.LONG_CLASS + Http.newClassId() % 900;

	private final String roll = "/classes/" + this.classId + "/roll";

	@BeforeEach
	void connect() {
		this.http = new Http(this.port);
	}

	@Test
	void theCodesAreShownInTheirOrderAndBlankedWithoutAConnection() throws IOException {
		this.http.sendJson(this.roll, "{\"code\": true}");
		Page page = window(new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(1024, 768));
		List<String> senders = new CopyOnWriteArrayList<>();
		page.onRequest((request) -> senders.add(String.valueOf(request.allHeaders().get("referer"))));
		page.clock().install();
		// So that a code does not change between two readings.
		pauseClock(page);
		try (Relay network = new Relay(this.port)) {
			String token = token();
			Set<String> possible = new LinkedHashSet<>(codes());
			page.navigate(network.url() + "/p/" + token.toLowerCase(Locale.ROOT));
			assertThat(hook(page, "class")).hasText(String.valueOf(this.classId));
			assertThat(hook(page, "live")).isVisible();
			assertThat(hook(page, "first")).hasText(Pattern.compile("[A-Z]{3}"));
			network.cut();
			// The server may have begun the next step meanwhile.
			possible.addAll(codes());
			List<String> shown = new ArrayList<>();
			String size = hook(page, "qr").getAttribute("viewBox");
			while (!hook(page, "expired").isVisible()) {
				String code = hook(page, "first").textContent() + hook(page, "second").textContent();
				if (!shown.contains(code) && !code.isEmpty()) {
					shown.add(code);
					assertThat(QrPicture.read(hook(page, "qr"))).endsWith("/" + this.classId + "/" + code);
					assertThat(hook(page, "qr").getAttribute("viewBox")).isEqualTo(size);
				}
				page.clock().runFor(2_500);
			}
			page.clock().resume();
			assertThat(shown).hasSizeBetween(3, 4);
			assertThat(List.copyOf(possible)).containsSequence(shown);
			assertThat(hook(page, "not-live")).isVisible();
			assertThat(hook(page, "first")).isEmpty();
			inspectAt(List.of("1024x768"), page, "projector-page-not-live", ColorScheme.LIGHT);
			network.mend();
			// The time of the page ran ahead, so the server has no new code for it.
			page.clock().runFor(20_000);
			assertThat(hook(page, "live")).isVisible();
			assertThat(senders).noneMatch((sender) -> sender.toUpperCase(Locale.ROOT).contains(token));
		}
	}

	@Test
	void aMachineThatHasSleptShowsNoOldCode() {
		this.http.sendJson(this.roll, "{\"code\": true}");
		Page page = laptop();
		page.navigate(url("/p/" + token()));
		assertThat(hook(page, "code")).isVisible();
		page.route("**/state", (route) -> route.abort());
		page.evaluate("const now = Date.now; Date.now = () => now() + 60000");
		assertThat(hook(page, "expired")).isVisible();
		assertThat(hook(page, "not-live")).isVisible();
		page.unroute("**/state");
		assertThat(hook(page, "expired")).isHidden();
	}

	@Test
	void thePageFollowsTheRollUntilItIsClosed() {
		this.http.sendJson(this.roll, "{\"endsAfter\": \"PT1H\"}");
		Page page = laptop();
		page.navigate(url("/p/" + token()));
		assertThat(hook(page, "present")).hasText("0");
		assertThat(hook(page, "code")).isHidden();
		assertThat(hook(page, "left")).containsText("59:");
		assertThat(QrPicture.read(hook(page, "qr"))).startsWith("HTTP://").endsWith("/" + this.classId);
		this.http.present(this.classId, "a");
		assertThat(hook(page, "present")).hasText("1");
		this.http.setTimes(this.classId, "{\"code\": true, \"endsAfter\": null}");
		assertThat(hook(page, "code")).isVisible();
		assertThat(hook(page, "left")).isHidden();
		this.http.setTimes(this.classId, "{\"code\": false}");
		assertThat(hook(page, "code")).isHidden();
		page.route("**/state", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
		assertThat(hook(page, "not-live")).isVisible();
		assertThat(hook(page, "present")).hasText("1");
		page.unroute("**/state");
		assertThat(hook(page, "live")).isVisible();
		List.of(1, 2, 3).forEach((each) -> token());
		isGone(page);
		page.reload();
		assertThat(page.locator("[data-screen=wrong]")).isVisible();
		inspectAt(List.of("1024x768"), page, "projector-page-wrong", ColorScheme.LIGHT);
		page.navigate(url("/p/" + token()));
		assertThat(hook(page, "present")).hasText("1");
		this.http.delete(this.roll + "/projector");
		isGone(page);
		page.navigate(url("/p/" + token()));
		assertThat(hook(page, "present")).hasText("1");
		this.http.delete(this.roll);
		isGone(page);
		inspectAt(List.of("360x640", "1024x768"), page, "projector-page-gone", ColorScheme.LIGHT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "en", "pt-BR", "es" })
	void everythingFitsOnTheScreen(String language) {
		this.http.sendJson(this.roll, "{\"code\": true, \"endsAfter\": \"PT24H\"}");
		Page page = window(new Browser.NewContextOptions().setLocale(language));
		page.navigate(url("/p/" + token()));
		assertThat(hook(page, "code")).isVisible();
		fits(page, "projector-page-code-" + language);
		this.http.setTimes(this.classId, "{\"code\": null}");
		assertThat(hook(page, "code")).isHidden();
		page.route("**/state", (route) -> route.abort());
		assertThat(hook(page, "not-live")).isVisible();
		fits(page, "projector-page-not-live-" + language);
	}

	private static void fits(Page page, String name) {
		for (int[] screen : SCREENS) {
			page.setViewportSize(screen[0], screen[1]);
			assertThat((List<?>) page.evaluate(CUT)).as("%d x %d", screen[0], screen[1]).isEmpty();
		}
		inspectAt(INSPECTED, page, name, ColorScheme.LIGHT);
	}

	/** Requires that the page says so and shows nothing of the class any more. */
	private void isGone(Page page) {
		assertThat(page.locator("[data-screen=gone]")).isVisible();
		assertThat(page.locator("body").textContent()).doesNotContain(String.valueOf(this.classId));
	}

	private static Locator hook(Page page, String name) {
		return page.locator("[data-" + name + "]");
	}

	private String token() {
		return this.http.send("POST", this.roll + "/projector", null).member("token");
	}

	private List<String> codes() {
		return this.http.get(this.roll + "/code").json().path("codes").findValuesAsString("code");
	}

}
