package rollcall.pages;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitUntilState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files of the dashboard that do not arrive at the first request, and browsers that lack
 * something.
 */
class LateLoadIT extends InChromium {

	/** A file fails once, and the page fails at its first probe too. */
	@ParameterizedTest
	@ValueSource(
			strings = { "**/teacher/app.js*", "**/teacher/view.js", "**/esm6/index.js", "**/assets/languages/en.json" })
	void aFileThatFailedIsLoadedAgain(String file) {
		Page page = laptop();
		page.clock().install();
		AtomicInteger requests = new AtomicInteger();
		page.route(file, (route) -> {
			if (requests.incrementAndGet() <= 2) {
				route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("Service Unavailable"));
			}
			else {
				route.fallback();
			}
		});
		page.navigate(url("/teacher"));
		page.clock().runFor(3_500);
		Locator notice = page.locator(".late [lang=es]");
		if (!file.endsWith("en.json")) {
			assertThat(notice).isVisible();
			assertThat(notice).containsText("Esta página todavía no está completa.");
		}
		while (requests.get() < 3 || page.locator("h1").count() == 0) {
			page.clock().runFor(2_000);
		}
		assertThat(page.locator("h1")).hasText("Open a roll");
		assertThat(notice).isHidden();
	}

	/** Some proxies keep a connection open and never answer. */
	@ParameterizedTest
	@ValueSource(strings = { "**/teacher/view.js", "**/assets/languages/en.json" })
	void aFileThatNeverComesIsLoadedAgain(String file) {
		Page page = laptop();
		page.clock().install();
		AtomicInteger requests = new AtomicInteger();
		page.route(file, (route) -> {
			if (requests.incrementAndGet() > 1) {
				route.fallback();
			}
		});
		page.navigate(url("/teacher"), new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
		for (int i = 0; i < 300 && page.locator("h1").count() == 0; i++) {
			page.clock().runFor(1_000);
		}
		assertThat(page.locator("h1")).hasText("Open a roll");
		assertThat(requests).hasValueGreaterThan(1);
	}

	@Test
	void aLanguageThatFailedIsLoadedAgainAndTheOldOneStays() {
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher"));
		assertThat(teacher.page().locator("h1")).hasText("Open a roll");
		teacher.page()
			.route("**/languages/es.json", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
		teacher.hook("languages").selectOption("es");
		assertThat(teacher.hook("language-trouble"))
			.hasText(Pattern.compile("Trying again since .*\\. Another machine answered: 503\\."));
		assertThat(teacher.page().locator("h1")).hasText("Open a roll");
		teacher.page().unroute("**/languages/es.json");
		assertThat(teacher.page().locator("h1")).hasText("Abrir una lista");
		assertThat(teacher.hook("language-trouble")).isHidden();
	}

	@Test
	void aLanguageThatIsNotWantedAnyMoreReportsNoFailure() {
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher"));
		assertThat(teacher.page().locator("h1")).hasText("Open a roll");
		AtomicInteger requests = new AtomicInteger();
		teacher.page().route("**/languages/es.json", (route) -> {
			requests.incrementAndGet();
			route.fulfill(new Route.FulfillOptions().setStatus(503));
		});
		teacher.hook("languages").selectOption("es");
		assertThat(teacher.hook("language-trouble")).isVisible();
		teacher.hook("languages").selectOption("en");
		assertThat(teacher.hook("language-trouble")).isHidden();
		int before = requests.get();
		teacher.page().waitForCondition(() -> requests.get() >= before + 2);
		assertThat(teacher.hook("language-trouble")).isHidden();
	}

	@Test
	void theScannerWorksWithoutTheFileThatWatchesTheStart() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		page.route("**/teacher/boot.js", Route::abort);
		page.navigate(url("/teacher#" + room.id + "/scanner"));
		assertThat(page.locator("[data-scan]")).isFocused();
		page.keyboard().type("042191010");
		page.keyboard().press("Enter");
		assertThat(page.locator("[data-last] li")).containsText("042191010");
	}

	/** A browser takes a page of another machine for a stylesheet without rules. */
	@ParameterizedTest
	@ValueSource(ints = { 503, 200 })
	void aStylesheetThatFailedIsLoadedAgain(int status) {
		Page page = laptop();
		AtomicInteger requests = new AtomicInteger();
		page.route("**/teacher.css", (route) -> {
			if (requests.incrementAndGet() == 1) {
				route.fulfill(new Route.FulfillOptions().setStatus(status)
					.setContentType("text/html")
					.setBody("<h1>Sign in</h1>"));
			}
			else {
				route.fallback();
			}
		});
		page.navigate(url("/teacher"));
		assertThat(page.locator(".card").first()).hasCSS("border-top-style", "solid");
		assertThat(requests).hasValueGreaterThan(1);
	}

	@Test
	void aBrowserWithoutModulesIsToldSo() {
		Page page = laptop();
		page.clock().install();
		page.addInitScript("delete HTMLScriptElement.prototype.noModule");
		AtomicInteger requests = new AtomicInteger();
		page.route("**/teacher/app.js*", (route) -> {
			requests.incrementAndGet();
			route.abort();
		});
		page.navigate(url("/teacher"));
		page.clock().runFor(60_000);
		assertThat(page.locator(".late [lang=en]")).containsText("It needs Chrome 89");
		assertThat(requests).hasValue(1);
	}

	@Test
	void anOlderBrowserAndAnUnusualLocaleAreAccepted() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("S-", 1);
		Page page = laptop();
		page.addInitScript("""
				delete AbortSignal.timeout;
				Object.defineProperty(navigator, 'languages', { value: ['en-US@posix', 'C', 'pt-PT', ''] });""");
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.isLive();
		teacher.counts(1);
		assertThat(page.locator("h1")).hasText("Turma " + room.id);
		assertThat(teacher.hook("from")).hasText(Pattern.compile("\\d\\d:\\d\\d:\\d\\d"));
	}

}
