package rollcall.pages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test in the system's Chromium. Without it the test is skipped and says so; with
 * {@code REQUIRE_ALL_TOOLS=true} it fails instead.
 */
@WithServer
abstract class InChromium {

	private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	/** How long a condition may take on a busy machine, not how long it takes. */
	private static final double DEADLINE_MS = 90_000;

	private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");

	private static @Nullable Playwright playwright;

	private static @Nullable Browser browser;

	@LocalServerPort
	int port;

	/** What a page did that its policy forbids, or failed at. */
	private final List<String> complaints = new CopyOnWriteArrayList<>();

	private final List<BrowserContext> contexts = new ArrayList<>();

	@BeforeAll
	static void launch() {
		if (!Files.isExecutable(CHROMIUM)) {
			String why = "There is no " + CHROMIUM + " to prove the pages in (Debian: apt-get install chromium)";
			if ("true".equals(System.getenv("REQUIRE_ALL_TOOLS"))) {
				Assertions.fail(why);
			}
			Assumptions.abort(why);
		}
		playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		browser = playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(ARGUMENTS));
		PlaywrightAssertions.setDefaultAssertionTimeout(DEADLINE_MS);
	}

	@AfterAll
	static void quit() {
		if (playwright != null) {
			playwright.close();
		}
	}

	@AfterEach
	void pagesHaveNothingToComplainOf() {
		this.contexts.forEach(BrowserContext::close);
		assertThat(this.complaints).isEmpty();
	}

	/** A window of its own, like another person's browser. */
	Page window(Browser.NewContextOptions options) {
		if (browser == null) {
			throw new IllegalStateException("No browser");
		}
		BrowserContext context = browser.newContext(options.setTimezoneId(TimeZone.getDefault().getID()));
		context.setDefaultTimeout(DEADLINE_MS);
		this.contexts.add(context);
		Page page = context.newPage();
		page.onPageError(this.complaints::add);
		page.onConsoleMessage(this::listen);
		return page;
	}

	Page laptop() {
		return window(new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(1280, 800));
	}

	Page phone() {
		return window(phoneOptions());
	}

	static Browser.NewContextOptions phoneOptions() {
		return new Browser.NewContextOptions().setLocale("en-GB")
			.setViewportSize(360, 740)
			.setHasTouch(true)
			.setIsMobile(true);
	}

	String url(String path) {
		return "http://localhost:" + this.port + path;
	}

	/**
	 * A request that fails is told on the console as well; that is not the page's fault.
	 */
	private void listen(ConsoleMessage message) {
		if ("error".equals(message.type()) && !message.text().startsWith("Failed to load resource")
				&& !message.text().startsWith("WebSocket connection to")) {
			this.complaints.add(message.text());
		}
	}

}
