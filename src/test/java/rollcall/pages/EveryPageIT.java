package rollcall.pages;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rollcall.Relay;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Shows every page in every state, light and dark. The tool axe must find no
 * accessibility error, and no page may be wider than the screen. Screenshots are written
 * to {@code target/screenshots}.
 */
class EveryPageIT extends InChromium {

	private static final List<String> PHONES = List.of("740x360", "360x640");

	/** The second one is that of a laptop at 200 % zoom. */
	private static final List<String> SIZES = List.of("360x740", "640x400", "1280x800");

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void studentPageIsAccessible(ColorScheme scheme) {
		TestClass room = new TestClass(this.port);
		Page page = window(phoneOptions().setColorScheme(scheme).setLocale("pt-BR"));
		StudentPhone phone = new StudentPhone(page).open(url("/"));
		inspectAt(PHONES, page, "student-start", scheme);
		page.navigate(url("/some/page"));
		inspectAt(PHONES, page, "student-no-page", scheme);
		page.navigate(url("/" + room.id));
		inspectAt(PHONES, page, "student-class", scheme);
		phone.answer("José").asksWith("José");
		inspectAt(PHONES, page, "student-wrong-id", scheme);
		phone.answer("042191010").shows("refused");
		inspectAt(PHONES, page, "student-refused", scheme);
		room.start();
		page.locator("[data-screen=refused] [data-again] button").click();
		phone.shows("recorded");
		inspectAt(PHONES, page, "student-recorded", scheme);
		phone.press("back");
		inspectAt(PHONES, page, "student-remembered", scheme);
		room.end();
		phone.press("me-send").shows("ended");
		inspectAt(PHONES, page, "student-ended", scheme);
		phone.press("back");
		page.context().setOffline(true);
		phone.answer("042191010").shows("offline");
		inspectAt(PHONES, page, "student-offline", scheme);
		page.context().setOffline(false);
		room.startWithCode();
		room.setTimes("{\"lateAfter\": \"PT10M\", \"endsAfter\": \"PT20M\"}");
		phone.open(url("/" + room.id));
		assertThat(page.locator("[data-left]")).hasText(Pattern.compile("faltam \\d+:\\d\\d"));
		inspectAt(PHONES, page, "student-on-time", scheme);
		room.setTimes("{\"lateAfter\": \"PT0.001S\"}");
		phone.open(url("/" + room.id + "/BCDFGH")).answer("042191011");
		assertThat(page.locator("[data-problem=code]")).isVisible();
		assertThat(page.locator("[data-left]")).hasText(Pattern.compile("faltam \\d+:\\d\\d"));
		inspectAt(PHONES, page, "student-wrong-code", scheme);
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void dashboardIsAccessible(ColorScheme scheme) {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = window(new Browser.NewContextOptions().setColorScheme(scheme).setLocale("es"));
		Dashboard teacher = new Dashboard(page).open(url("/teacher"));
		assertThat(teacher.page().locator("a[href='#" + room.id + "']")).isVisible();
		inspectAt(SIZES, page, "teacher-start", scheme);
		page.locator("#class").fill("0");
		page.keyboard().press("Enter");
		assertThat(page.locator("#start-problem")).not().isEmpty();
		inspect(page, "teacher-wrong-class", scheme);
		page.locator("#class").fill(String.valueOf(room.id));
		page.keyboard().press("Enter");
		assertThat(teacher.hook("already")).isVisible();
		inspect(page, "teacher-open-already", scheme);
		page.locator("[data-already] [data-show-roll]").click();
		teacher.isLive();
		inspect(page, "teacher-nobody-yet", scheme);
		room.arrive("04219-", 60);
		teacher.counts(60);
		inspectAt(SIZES, page, "teacher-roll", scheme);
		teacher.hook("find").fill("nobody");
		assertThat(teacher.hook("empty")).isVisible();
		inspect(page, "teacher-none-found", scheme);
		teacher.hook("end").click();
		inspectAt(SIZES, page, "teacher-end", scheme);
		teacher.hook("confirm").click();
		assertThat(teacher.hook("students").locator("tr")).hasCount(60);
		inspectAt(SIZES, page, "teacher-sheet", scheme);
		page.locator(".sheet a[href='#']").click();
		assertThat(page.locator("[data-leaving]")).isVisible();
		inspect(page, "teacher-leaving", scheme);
		page.locator("[data-leave]").click();
		page.navigate(url("/teacher#" + room.id));
		assertThat(teacher.hook("class-sheets").locator("li")).hasCount(1);
		inspectAt(SIZES, page, "teacher-class-ended", scheme);
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void dashboardIsAccessibleAfterFailures(ColorScheme scheme) throws IOException {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = window(new Browser.NewContextOptions().setColorScheme(scheme).setLocale("en"));
		try (Relay network = new Relay(this.port)) {
			Dashboard teacher = new Dashboard(page).open(network.url() + "/teacher#" + room.id);
			teacher.isLive();
			page.route("**/classes/*/roll", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(502)));
			teacher.end();
			assertThat(teacher.hook("trouble")).isVisible();
			inspect(page, "teacher-ending", scheme);
			page.route("**/roll?*", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
			page.routeWebSocket(Pattern.compile(".*/ws"), WebSocketRoute::close);
			page.reload();
			assertThat(teacher.hook("trouble")).isVisible();
			inspectAt(SIZES, page, "teacher-waiting", scheme);
			page.unroute("**/roll?*");
			assertThat(teacher.hook("connection")).hasAttribute("data-state", "reading");
			inspect(page, "teacher-reading", scheme);
			network.cut();
			assertThat(teacher.hook("connection")).hasAttribute("data-state", "reconnecting");
			inspect(page, "teacher-reconnecting", scheme);
			room.end();
			network.mend();
			assertThat(teacher.hook("show-sheet")).isVisible();
			inspectAt(SIZES, page, "teacher-ended-elsewhere", scheme);
		}
		page.navigate(url("/teacher#" + room.id + "/sheet/00000000-0000-0000-0000-000000000000"));
		assertThat(page.locator("h1")).hasText("The server has deleted this sheet");
		inspect(page, "teacher-sheet-gone", scheme);
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void projectorIsAccessible(ColorScheme scheme) {
		TestClass room = new TestClass(this.port);
		Page page = window(new Browser.NewContextOptions().setColorScheme(scheme).setLocale("pt-BR"));
		Dashboard projector = new Dashboard(page).open(url("/teacher#" + room.id + "/projector"));
		assertThat(projector.hook("next")).isVisible();
		inspectAt(PROJECTOR_SIZES, page, "projector-not-open", scheme);
		room.start();
		projector.isLive();
		room.arrive("04219-", 37);
		projector.counts(37);
		inspectAt(PROJECTOR_SIZES, page, "projector", scheme);
		room.end();
		assertThat(projector.hook("next")).isVisible();
		inspectAt(PROJECTOR_SIZES, page, "projector-closed", scheme);
	}

}
