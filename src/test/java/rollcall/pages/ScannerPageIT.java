package rollcall.pages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitUntilState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rollcall.Await;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scanner page with a reader that types an id and presses Enter.
 */
class ScannerPageIT extends InChromium {

	private static final List<String> SIZES = List.of("360x640", "740x360", "1024x768", "1440x900");

	private static final String COUNT_TONES = """
			window.tones = [];
			const Node = window.OscillatorNode;
			window.OscillatorNode = class extends Node {
			  constructor(context, options) {
			    super(context, options);
			    window.tones.push(options.frequency);
			  }
			};""";

	private static final Route.FulfillOptions PAGE_OF_A_PROXY = new Route.FulfillOptions().setStatus(404)
		.setContentType("text/plain")
		.setBody("no such page");

	private TestClass room;

	private Page page;

	@BeforeEach
	void openScanner() {
		this.room = new TestClass(this.port);
		this.room.start();
		this.page = laptop();
		this.page.addInitScript(COUNT_TONES);
		open(this.page);
	}

	@Test
	void twentyScansInARowAreRecordedInOrder() {
		List<String> cards = IntStream.rangeClosed(1, 20).mapToObj((n) -> "04219%04d".formatted(n)).toList();
		cards.forEach(this::scan);
		assertThat(outcome()).hasAttribute("data-result", "recorded");
		assertThat(last().first()).containsText("042190020");
		assertThat(last()).hasCount(10);
		assertThat(recorded()).isEqualTo(cards);
		assertThat(hook("waiting")).isHidden();

		scan("042190001");
		assertThat(outcome()).hasAttribute("data-result", "before");
		assertThat(outcome())
			.containsText(Pattern.compile("Already recorded.*042190001.*at \\d\\d:\\d\\d:\\d\\d", Pattern.DOTALL));
		scan("no id!");
		assertThat(outcome()).hasAttribute("data-result", "refused");
		assertThat(outcome()).containsText("This is no student id.");
		assertThat((List<?>) this.page.evaluate("tones.slice(-5)")).hasToString("[1046, 523, 523, 196, 147]");
	}

	@Test
	void removedAndLateStudentsAreNamed() {
		this.room.mark("042191010", "absent");
		scan("042191010");
		assertThat(outcome()).containsText("The teacher removed this student from the list.");
		this.room.setTimes("{\"lateAfter\": \"PT1S\"}");
		Instant late = Instant.now().plusSeconds(1);
		Await.until("students are late", () -> Instant.now().isAfter(late));
		scan("042191011");
		assertThat(outcome()).containsText("Recorded, late");
		assertThat(last().first()).containsText("Recorded, late");
	}

	@Test
	void focusStaysInTheFieldAndTabSendsToo() {
		assertThat(hook("scan")).isFocused();
		hook("title").click();
		assertThat(hook("scan")).isFocused();
		this.page.locator("[data-languages]").focus();
		hook("back").focus();
		this.page.keyboard().type("a-1");
		this.page.keyboard().press("Tab");
		assertThat(last().first()).containsText("a-1");
		assertThat(hook("scan")).isFocused();
		assertThat(hook("scan")).hasValue("");
		this.page.evaluate("document.activeElement.blur(); window.dispatchEvent(new Event('focus'))");
		assertThat(hook("scan")).isFocused();
		hook("sound").click();
		assertThat(hook("scan")).isFocused();
		this.page.evaluate("tones.length = 0");
		scan("a-2");
		assertThat(last().first()).containsText("a-2");
		assertThat((List<?>) this.page.evaluate("tones")).isEmpty();
		this.page.keyboard().press("Tab");
		assertThat(hook("scan")).not().isFocused();
	}

	@Test
	void whatIsTypedBeforeTheFieldIsThereIsScanned() {
		AtomicReference<Route> held = new AtomicReference<>();
		this.page = laptop();
		this.page.route("**/teacher/view.js", held::set);
		navigateWithoutWaiting();
		this.page.waitForCondition(() -> held.get() != null);
		scan("a-1");
		scan("a-2");
		this.page.keyboard().type("a-");
		held.get().fallback();
		assertThat(hook("scan")).hasValue("a-");
		assertThat(last()).hasCount(2);
		scan("3");
		assertThat(last().first()).containsText("a-3");
		assertThat(recorded()).containsExactly("a-1", "a-2", "a-3");
	}

	@Test
	void whatIsTypedBeforeThePageLoadsItselfAgainIsScanned() {
		AtomicInteger requests = new AtomicInteger();
		this.page = laptop();
		this.page.clock().install();
		this.page.route("**/teacher/view.js", (route) -> {
			if (requests.incrementAndGet() == 1) {
				route.fulfill(new Route.FulfillOptions().setStatus(503));
			}
			else {
				route.fallback();
			}
		});
		navigateWithoutWaiting();
		this.page.waitForCondition(() -> requests.get() == 1);
		scan("a-1");
		// Once: the page that is loaded again would take a second jump for its own
		// waiting.
		this.page.clock().runFor(5_000);
		assertThat(hook("scan")).isVisible();
		assertThat(requests).hasValue(2);
		Await.until("the scan is recorded", () -> recorded().equals(List.of("a-1")));
	}

	@Test
	void aScanAfterTheLanguageWasChosenIsNotLost() {
		this.page.locator("[data-languages]").selectOption("es");
		assertThat(hook("back")).hasText("Volver a la lista");
		assertThat(this.page.locator("[data-languages]")).isFocused();
		scan("042191010");
		assertThat(last().first()).containsText("042191010");
		assertThat(hook("scan")).isFocused();
	}

	@Test
	void aScanDuringTheChangeOfTheLanguageIsWhole() {
		AtomicReference<Route> held = new AtomicReference<>();
		this.page.route("**/languages/es.json", held::set);
		this.page.locator("[data-languages]").selectOption("es");
		this.page.waitForCondition(() -> held.get() != null);
		this.page.keyboard().type("042191010");
		held.get().fallback();
		assertThat(hook("back")).hasText("Volver a la lista");
		assertThat(hook("scan")).hasValue("042191010");
		this.page.keyboard().press("Enter");
		assertThat(last().first()).containsText("042191010");
		scan("a-1");
		assertThat(last()).hasCount(2);
		assertThat(recorded()).containsExactly("042191010", "a-1");
	}

	@Test
	void scansAreKeptOverAReloadUntilTheServerAnswers() {
		List<String> warnings = new ArrayList<>();
		this.page.onDialog((dialog) -> {
			warnings.add(dialog.type());
			dialog.accept();
		});
		this.page.route("**/presence", (route) -> route.fulfill(PAGE_OF_A_PROXY));
		scan("a-1");
		scan("a-2");
		assertThat(hook("waiting")).containsText("2 scans are not sent yet");
		assertThat(hook("connection")).containsText("Another machine answered: 404");
		assertThat(outcome()).hasAttribute("data-result", "waiting");
		assertThat(outcome()).containsText("a-2");
		hook("back").click();
		assertThat(this.page.locator("[data-leaving]")).containsText("2 scans are not sent yet");
		this.page.locator("[data-leaving] [data-leave]").click();
		hook("scanner").click();
		assertThat(hook("waiting")).containsText("2 scans are not sent yet");
		this.page.reload();
		assertThat(warnings).containsExactly("beforeunload");
		assertThat(hook("waiting")).containsText("2 scans are not sent yet");
		assertThat(hook("scan")).isFocused();
		scan("a-3");
		this.page.unroute("**/presence");
		assertThat(last().first()).containsText("a-3");
		assertThat(recorded()).containsExactly("a-1", "a-2", "a-3");
		assertThat(last().nth(2)).hasAttribute("data-result", "recorded");
		assertThat(kept()).isNull();
	}

	@Test
	void scansOfAnEndedRollAreNotSentToTheNextOne() {
		this.page.route("**/presence", (route) -> route.fulfill(PAGE_OF_A_PROXY));
		scan("a-1");
		assertThat(hook("connection")).containsText("Another machine answered: 404");
		assertThat(outcome()).hasAttribute("data-result", "waiting");
		this.room.end();
		assertThat(hook("left-over")).containsText("a-1");
		this.page.unroute("**/presence");
		scan("a-2");
		assertThat(outcome()).hasAttribute("data-result", "refused");
		assertThat(outcome()).containsText("No roll is open for this class.");
		this.room.start();
		assertThat(hook("connection")).hasText("Roll open");
		assertThat(recorded()).isEmpty();
		hook("send-left").click();
		assertThat(last().first()).containsText("a-1");
		assertThat(hook("left-over")).isHidden();
		assertThat(recorded()).containsExactly("a-1");
	}

	@Test
	void scansAreRecordedWithTheCodeThatTheRollAsksFor() {
		scan("a-1");
		assertThat(last()).hasCount(1);
		this.room.setCode(true);
		scan("a-2");
		scan("a-3");
		assertThat(last()).hasCount(3);
		this.room.setCode(false);
		scan("a-4");
		assertThat(last()).hasCount(4);
		assertThat(this.page.locator("[data-last] [data-result=recorded]")).hasCount(4);
		assertThat(recorded()).containsExactly("a-1", "a-2", "a-3", "a-4");
	}

	@Test
	void aScanIsNotSentToTheNextRollAlsoIfBothAskForACode() {
		this.room.setCode(true);
		scan("a-1");
		assertThat(last()).hasCount(1);
		this.page.route("**/classes/*/roll?*", (route) -> route.fulfill(PAGE_OF_A_PROXY));
		this.room.end();
		this.room.start();
		this.room.setCode(true);
		scan("a-2");
		assertThat(hook("left-over")).containsText("a-2");
		assertThat(recorded()).isEmpty();
		this.page.unroute("**/classes/*/roll?*");
		hook("send-left").click();
		assertThat(last()).hasCount(2);
		assertThat(recorded()).containsExactly("a-2");
	}

	@Test
	void theBrowserKeepsTheScansOfEachWindow() {
		Page other = this.page.context().newPage();
		other.navigate(this.page.url());
		assertThat(other.locator("[data-connection]")).hasAttribute("data-state", "open");
		for (Page window : List.of(this.page, other)) {
			window.onDialog(Dialog::accept);
			window.route("**/classes/*/**", (route) -> route.fulfill(PAGE_OF_A_PROXY));
			window.keyboard().type((window == other) ? "b-1" : "a-1");
			window.keyboard().press("Enter");
		}
		assertThat(other.locator("[data-connection]")).hasAttribute("data-state", "reconnecting");
		assertThat(hook("connection")).hasAttribute("data-state", "reconnecting");
		// A window can notice late what the other one has stored.
		Await.until("the scans of both windows are kept", () -> isKept("a-1") && isKept("b-1"));
		other.unroute("**/classes/*/**");
		assertThat(other.locator("[data-last] li")).hasCount(1);
		Await.until("only the other scan is kept", () -> isKept("a-1") && !isKept("b-1"));
		this.page.reload();
		this.page.unroute("**/classes/*/**");
		assertThat(last().first()).containsText("a-1");
		assertThat(recorded()).containsExactly("b-1", "a-1");
	}

	@Test
	void whatIsNoScanInTheMemoryIsIgnored() {
		this.page.evaluate("""
				(key) => localStorage.setItem(key,
				  JSON.stringify([null, 5, 'a', [], {}, { id: {}, scanned: Date.now() }, { id: 'old' }]))""", memory());
		this.page.reload();
		assertThat(hook("scan")).isFocused();
		scan("a-1");
		assertThat(last().first()).containsText("a-1");
		assertThat(hook("left-over")).isHidden();
	}

	@Test
	void aPatternCutsTheIdAndIsRemembered() {
		hook("settings").locator("summary").click();
		hook("pattern").fill("^;([0-9]+)=");
		hook("try").fill(";042191010=99");
		assertThat(hook("tried")).hasText("The id is 042191010");
		hook("try").fill("042191010");
		assertThat(hook("tried")).hasText("042191010: The pattern does not match this scan.");
		hook("pattern").fill("^;([0-9]+=");
		assertThat(hook("pattern")).hasAttribute("aria-invalid", "true");
		assertThat(this.page.locator("#pattern-problem")).containsText("not a valid pattern");
		hook("pattern").fill("^;([0-9]+)=");
		hook("done").click();
		assertThat(hook("scan")).isFocused();
		this.page.reload();
		assertThat(hook("scan")).isFocused();
		scan(";042191011=98?");
		assertThat(last().first()).containsText("042191011");
		assertThat(recorded()).containsExactly("042191011");
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void everyStateIsAccessibleAtEverySize(ColorScheme scheme) {
		this.page = window(new Browser.NewContextOptions().setColorScheme(scheme).setLocale("pt-BR"));
		open(this.page);
		inspectAt(SIZES, this.page, "scanner-ready", scheme);
		assertThat(hook("sound").boundingBox().y).as("the buttons are in one row")
			.isEqualTo(hook("back").boundingBox().y);
		scan("042191010");
		assertThat(outcome()).hasAttribute("data-result", "recorded");
		inspect(this.page, "scanner-recorded", scheme);
		scan("042191010");
		assertThat(outcome()).hasAttribute("data-result", "before");
		inspect(this.page, "scanner-before", scheme);
		scan("?".repeat(64));
		assertThat(outcome()).hasAttribute("data-result", "refused");
		inspectAt(SIZES, this.page, "scanner-refused", scheme);
		hook("settings").locator("summary").click();
		hook("pattern").fill("(");
		hook("scan").focus();
		this.page.route("**/presence", (route) -> route.fulfill(PAGE_OF_A_PROXY));
		scan("042191011");
		assertThat(hook("connection")).hasAttribute("data-state", "reconnecting");
		inspectAt(SIZES, this.page, "scanner-waiting", scheme);
	}

	private void open(Page scanner) {
		scanner.navigate(url("/teacher#" + this.room.id));
		hook("scanner").click();
		assertThat(hook("connection")).hasAttribute("data-state", "open");
	}

	/** Opens the scanner and does not wait for its files. */
	private void navigateWithoutWaiting() {
		this.page.navigate(url("/teacher#" + this.room.id + "/scanner"),
				new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
	}

	/** Types wherever the focus is, as a reader does. */
	private void scan(String text) {
		this.page.keyboard().type(text);
		this.page.keyboard().press("Enter");
	}

	private Locator hook(String name) {
		return this.page.locator("[data-view] [data-" + name + "]");
	}

	private Locator outcome() {
		return hook("outcome");
	}

	private Locator last() {
		return this.page.locator("[data-last] li");
	}

	private String memory() {
		return "rollcall.scans." + this.room.id;
	}

	/** The scans in the browser's memory, as JSON. */
	private @Nullable String kept() {
		return (String) this.page.evaluate("(key) => localStorage.getItem(key)", memory());
	}

	private boolean isKept(String scan) {
		String kept = kept();
		return kept != null && kept.contains(scan);
	}

	/** The students in the order in which they were recorded. */
	private List<String> recorded() {
		return Pattern.compile("\"studentId\":\"([^\"]+)\"")
			.matcher(this.room.current())
			.results()
			.map((found) -> found.group(1))
			.toList();
	}

}
