package rollcall.pages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import rollcall.Await;
import rollcall.Needs;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test in the system's Chromium. Without it the test is skipped and says so; with
 * {@code REQUIRE_ALL_TOOLS=true} it fails instead.
 */
@ServerTest
abstract class InChromium {

	private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	private static final double DEADLINE_MS = Await.DEADLINE.toMillis();

	private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");

	private static final String VIOLATIONS = """
			() => axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations.flatMap(
			  (rule) => rule.nodes.map((node) => `${rule.impact}: ${rule.id}: ${node.html}: ${node.failureSummary}`)))""";

	private static final String OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

	/**
	 * Waits for animations that end, because an element that fades in has too little
	 * contrast. An animation may begin two frames after a change.
	 */
	private static final String AT_REST = """
			async () => {
			  for (let frames = 0; frames < 3; frames++) {
			    await new Promise(requestAnimationFrame);
			  }
			  await Promise.allSettled(document.getAnimations()
			    .filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity)
			    .map((animation) => animation.finished));
			}""";

	/** Sizes for the projector's view, the last one that of a usual projector. */
	static final List<String> PROJECTOR_SIZES = List.of("1024x768", "360x640", "1920x1080");

	private static final String AXE = axe();

	private static @Nullable Playwright playwright;

	private static @Nullable Browser browser;

	@LocalServerPort
	int port;

	/** Errors of scripts and violations of the Content-Security-Policy. */
	private final List<String> errors = new CopyOnWriteArrayList<>();

	private final List<BrowserContext> contexts = new ArrayList<>();

	@BeforeAll
	static void launch() {
		Needs.that(Files.isExecutable(CHROMIUM), CHROMIUM + " (Debian: apt-get install chromium)");
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
	void pagesReportedNoError() {
		// Playwright fails if a request reaches a route while its page closes.
		this.contexts.forEach((context) -> context.pages().forEach(Page::unrouteAll));
		this.contexts.forEach(BrowserContext::close);
		assertThat(this.errors).isEmpty();
	}

	/** A window with its own cookies, like another person's browser. */
	Page window(Browser.NewContextOptions options) {
		if (browser == null) {
			throw new IllegalStateException("No browser");
		}
		if (options.timezoneId == null) {
			options.setTimezoneId(TimeZone.getDefault().getID());
		}
		BrowserContext context = browser.newContext(options);
		context.setDefaultTimeout(DEADLINE_MS);
		this.contexts.add(context);
		Page page = context.newPage();
		page.onPageError(this.errors::add);
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

	/** Stops the clock of a page, on which its clock is installed. */
	static void pauseClock(Page page) {
		Await.until("the clock is paused", () -> {
			try {
				page.clock().pauseAt(((Number) page.evaluate("Date.now() + 100")).longValue());
				return true;
			}
			catch (PlaywrightException ex) {
				// On a busy machine this time can be over already.
				return false;
			}
		});
	}

	/**
	 * Makes the seconds of a page long, so that a busy machine can do in time what has to
	 * be done within some seconds.
	 */
	static Page slowly(Page page) {
		page.addInitScript("{ const now = performance.now.bind(performance); performance.now = () => now() / 20; }");
		return page;
	}

	String url(String path) {
		return "http://localhost:" + this.port + path;
	}

	/** Ignores failed requests, which the browser reports on the console too. */
	private void listen(ConsoleMessage message) {
		if ("error".equals(message.type()) && !message.text().startsWith("Failed to load resource")
				&& !message.text().startsWith("WebSocket connection to")) {
			this.errors.add(message.text());
		}
	}

	/**
	 * Inspects a page at several sizes.
	 * @param sizes width and height of the screen, such as {@code 360x640}; the page
	 * keeps the last one
	 */
	static void inspectAt(List<String> sizes, Page page, String name, ColorScheme scheme) {
		for (String size : sizes) {
			String[] sides = size.split("x");
			page.setViewportSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
			inspect(page, name + "-" + size, scheme);
		}
	}

	/** Checks a page with axe and against overflow, and leaves a screenshot. */
	static void inspect(Page page, String name, ColorScheme scheme) {
		page.evaluate(AT_REST);
		page.screenshot(new Page.ScreenshotOptions()
			.setPath(Path.of("target", "screenshots", name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
		assertThat(page.evaluate(OVERFLOW)).as("%s is wider than the screen", name).isEqualTo(0);
		page.evaluate(AXE);
		assertThat((List<?>) page.evaluate(VIOLATIONS)).as("%s, %s", name, scheme).isEmpty();
	}

	private static String axe() {
		try (InputStream script = InChromium.class.getResourceAsStream("/axe.min.js")) {
			return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
