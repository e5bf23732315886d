package rollcall.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollcall.Relay;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The class list on the dashboard: how its file is read, what the page of a roll shows
 * with it, and that it stays in the browser.
 */
class RosterPageIT extends InChromium {

	private static final Path SAMPLES = Path.of("src/test/resources/rosters");

	private static final String CLASS_LIST = """
			Apellidos;Nombre;Matrícula
			Ñandú;Íñigo;451
			Ángel;Zoe;0452
			Zubiri;Ada;A10
			Bravo;Luz;A9
			Bravo;Ana;A11
			""";

	private static final List<String> NAMES = List.of("Ñandú", "Íñigo", "Ángel", "Zoe", "Zubiri", "Bravo", "Luz");

	private static final String READ = """
			async (files) => {
			  const { RosterText } = await import('/teacher/roster-text.js');
			  const { RosterTable } = await import('/teacher/roster-table.js');
			  const read = async (base64) => {
			    try {
			      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
			      const { text, encoding } = await RosterText.of(new Blob([bytes]));
			      const table = new RosterTable(text);
			      const found = table.students();
			      return { encoding, separator: table.separator, idColumn: table.columns.found.id, ...found };
			    } catch ({ reason, cell }) {
			      return cell ? { refused: reason, cell } : { refused: reason };
			    }
			  };
			  return JSON.stringify(Object.fromEntries(await Promise.all(
			    Object.entries(files).map(async ([name, base64]) => [name, await read(base64)]))));
			}""";

	private static final String MATCH = """
			async ({ roster, ids }) => {
			  const { Roster } = await import('/teacher/roster.js');
			  const students = new Roster(roster.map((id) => ({ id, name: '', surname: '' })));
			  return JSON.stringify(Object.fromEntries(ids.map((id) => [id, students.match(id)?.id ?? null])));
			}""";

	/** Fills the browser's storage to the last byte. */
	private static final String FILL_STORAGE = """
			() => {
			  for (let size = 2 ** 22; size >= 1; size /= 2) {
			    try {
			      localStorage.setItem(`${size}`, 'x'.repeat(size));
			    } catch (full) {
			      // A smaller one may fit.
			    }
			  }
			}""";

	private static final JsonMapper JSON = new JsonMapper();

	@TempDir
	Path folder;

	@Test
	void everySampleIsReadAsTheConsoleReadsIt() throws IOException {
		Map<String, String> files = new TreeMap<>();
		Map<String, JsonNode> expected = new TreeMap<>();
		try (Stream<Path> samples = Files.list(SAMPLES)) {
			for (Path sample : samples.filter((file) -> !file.toString().endsWith(".json")).toList()) {
				String name = sample.getFileName().toString();
				files.put(name, Base64.getEncoder().encodeToString(Files.readAllBytes(sample)));
				expected.put(name, JSON.readTree(Files.readString(Path.of(sample + ".json"))));
			}
		}
		Page page = laptop();
		page.navigate(url("/teacher"));
		JsonNode read = JSON.readTree((String) page.evaluate(READ, files));
		expected.forEach((name, result) -> assertThat(read.path(name)).as(name).isEqualTo(result));

		JsonNode matching = JSON.readTree(Files.readString(Path.of("src/test/resources/roster-matches.json")));
		List<String> roster = matching.path("roster").valueStream().map(JsonNode::asString).toList();
		List<String> ids = new ArrayList<>(matching.path("matches").propertyNames());
		assertThat(JSON.readTree((String) page.evaluate(MATCH, Map.of("roster", roster, "ids", ids))))
			.isEqualTo(matching.path("matches"));
	}

	@Test
	void namesAppearAndNothingOfThemIsSent() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.present("0451", "0452", "A9", "X1");
		room.mark("A11", "excused");
		Page page = laptop();
		List<String> sent = sentBy(page);
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.isLive();
		assertThat(teacher.hook("filters")).isHidden();
		assertThat(teacher.hook("by-surname")).isHidden();
		rows(teacher, "4 X1", "3 A9", "2 0452", "1 0451", "A11 excused");

		choose(teacher, CLASS_LIST);
		assertThat(teacher.hook("roster-read")).hasText("Read as UTF-8, separated by semicolons.");
		assertThat(teacher.hook("roster-found")).hasText("5 students");
		assertThat(teacher.hook("roster-rows").locator("tr").first().locator(".used"))
			.hasText(new String[] { "Ñandú", "Íñigo", "451" });
		teacher.hook("roster-use").click();
		assertThat(teacher.hook("on-roster")).hasText("3 of 5 on the class list");
		rows(teacher, "4 X1 not on the class list", "3 Luz Bravo A9", "2 Zoe Ángel 0452", "1 Íñigo Ñandú 0451",
				"Ana Bravo A11 excused", "Ada Zubiri A10 did not answer");
		teacher.hook("by-surname").click();
		rows(teacher, "2 Zoe Ángel 0452", "3 Luz Bravo A9", "1 Íñigo Ñandú 0451", "4 X1 not on the class list",
				"Ana Bravo A11 excused", "Ada Zubiri A10 did not answer");
		teacher.hook("by-id").click();
		rows(teacher, "1 Íñigo Ñandú 0451", "2 Zoe Ángel 0452", "3 Luz Bravo A9", "4 X1 not on the class list",
				"Ada Zubiri A10 did not answer", "Ana Bravo A11 excused");
		assertThat(teacher.hook("missing")).hasText("Not present: 2");
		teacher.hook("missing").click();
		rows(teacher, "Ada Zubiri A10 did not answer", "Ana Bravo A11 excused");
		room.present("A10");
		rows(teacher, "Ana Bravo A11 excused");
		assertThat(teacher.hook("on-roster")).hasText("4 of 5 on the class list");
		assertThat(teacher.hook("unknown")).hasText("Not on the list: 1");
		teacher.hook("unknown").click();
		rows(teacher, "4 X1 not on the class list");
		page.locator("[data-filter=all]").click();
		for (String search : List.of("nandu", "IÑIGO Ñan", "ñandu inigo", "451 Íñ")) {
			teacher.hook("find").fill(search);
			rows(teacher, "1 Íñigo Ñandú 0451");
		}

		teacher.hook("names").click();
		assertThat(teacher.hook("empty")).hasText("No id with “451 Íñ”.");
		teacher.hook("find").fill("");
		assertThat(teacher.hook("find")).hasAttribute("placeholder", "Find a student id");
		rows(teacher, "1 0451", "2 0452", "3 A9", "5 A10", "4 X1 not on the class list", "A11 excused");
		assertThat(page.content() + page.title()).doesNotContain(NAMES);
		teacher.end();
		assertThat(teacher.hook("count")).hasText("5");
		assertThat(page.content() + page.title()).doesNotContain(NAMES);
		teacher.hook("names").click();
		assertThat(teacher.hook("students")).containsText("Íñigo Ñandú");
		assertThat(sent).isNotEmpty().allSatisfy((text) -> assertThat(text).doesNotContain(NAMES));
	}

	@Test
	void theListIsKeptOnlyIfTheTeacherSaysSo() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		choose(teacher, CLASS_LIST);
		teacher.hook("roster-use").click();
		assertThat(teacher.hook("on-roster")).hasText("0 of 5 on the class list");
		assertThat(stored(page)).doesNotContain(NAMES);
		page.locator("[data-languages]").selectOption("es");
		assertThat(teacher.hook("on-roster")).hasText("0 de 5 del listado de la clase");
		page.locator("[data-languages]").selectOption("en");
		page.reload();
		assertThat(teacher.hook("roster-open")).isVisible();
		assertThat(teacher.hook("filters")).isHidden();

		choose(teacher, CLASS_LIST);
		teacher.hook("roster-keep").check();
		teacher.hook("roster-use").click();
		teacher.hook("names").click();
		page.reload();
		assertThat(teacher.hook("on-roster")).hasText("0 of 5 on the class list");
		assertThat(page.content()).doesNotContain(NAMES);
		Page other = page.context().newPage();
		Dashboard second = new Dashboard(other).open(url("/teacher#" + room.id));
		assertThat(second.hook("on-roster")).isVisible();
		teacher.hook("roster-open").click();
		assertThat(teacher.hook("roster-kept")).hasText("This browser keeps the list.");
		teacher.hook("roster-keep").uncheck();
		assertThat(teacher.hook("roster-kept")).hasText("The list is gone when you close or reload this page.");
		assertThat(stored(page)).doesNotContain(NAMES);
		assertThat(second.hook("filters")).isHidden();
		teacher.hook("roster-keep").check();
		assertThat(second.hook("on-roster")).hasText("0 of 5 on the class list");
		teacher.hook("roster-forget").click();
		assertThat(teacher.hook("roster-choose")).isFocused();
		assertThat(stored(page)).doesNotContain(NAMES);
		assertThat(second.hook("filters")).isHidden();
		assertThat(second.hook("on-roster")).isEmpty();

		page.evaluate(FILL_STORAGE);
		choose(teacher, CLASS_LIST);
		teacher.hook("roster-keep").check();
		teacher.hook("roster-use").click();
		assertThat(teacher.hook("roster-notice"))
			.hasText("This browser could not store the class list. It is gone when you close or reload this page.");
		assertThat(teacher.hook("on-roster")).hasText("0 of 5 on the class list");
	}

	@Test
	void aTableIsPastedByKeyboardAndTheColumnsCanBeChanged() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.hook("roster-open").focus();
		page.keyboard().press("Enter");
		page.keyboard().press("Tab");
		assertThat(teacher.hook("roster-paste")).isFocused();
		page.keyboard().insertText("7001\t4.2E+10\tAda\n7002\t4.3E+10\tLuz\n");
		page.keyboard().press("Tab");
		assertThat(teacher.hook("roster-preview-title")).isFocused();
		assertThat(teacher.hook("roster-read")).hasText("Read as UTF-8, separated by tabs.");
		assertThat(teacher.hook("roster-found")).hasText("2 students");
		for (String stop : List.of("first-rows", "roster-id")) {
			page.keyboard().press("Tab");
		}
		assertThat(teacher.hook("roster-id")).isFocused();
		page.keyboard().press("ArrowDown");
		assertThat(teacher.hook("roster-wrong")).containsText("4.2E+10");
		assertThat(teacher.hook("roster-use")).hasAttribute("aria-disabled", "true");
		page.keyboard().press("ArrowUp");
		assertThat(teacher.hook("roster-wrong")).isEmpty();
		for (int i = 0; i < 5; i++) {
			page.keyboard().press("Tab");
		}
		assertThat(teacher.hook("roster-use")).isFocused();
		page.keyboard().press("Enter");
		assertThat(teacher.hook("roster-open")).isFocused();
		rows(teacher, "Ada 7001 did not answer", "Luz 7002 did not answer");
	}

	@Test
	void aFileThatIsNoClassListIsRefusedInWords() throws IOException {
		TestClass room = new TestClass(this.port);
		room.start();
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		teacher.hook("roster-open").click();
		choose(teacher, "x".repeat(5_000_000));
		assertThat(teacher.hook("roster-problem")).containsText("larger than 2 MB");
		choose(teacher, IntStream.range(0, 20_000).mapToObj(String::valueOf).collect(Collectors.joining("\n")));
		assertThat(teacher.hook("roster-problem")).containsText("more than 10,000 lines");
		for (Map.Entry<String, String> refused : Map
			.of("new-excel.xlsx", "save it as CSV", "html-called-excel-es.xls", "web page", "picture.csv",
					"not a list of students", "empty.csv", "empty")
			.entrySet()) {
			teacher.hook("roster-file").setInputFiles(SAMPLES.resolve(refused.getKey()));
			assertThat(teacher.hook("roster-problem")).containsText(refused.getValue());
			assertThat(teacher.hook("roster-use")).isHidden();
		}
		teacher.page().locator("dialog.roster").dispatchEvent("drop", Map.of("dataTransfer", dropped(teacher.page())));
		assertThat(teacher.hook("roster-found")).hasText("1 student");
		assertThat(teacher.hook("roster-problem")).isEmpty();
	}

	@Test
	void aClassListIsReadWhileTheServerIsAway() throws IOException {
		TestClass room = new TestClass(this.port);
		room.start();
		room.present("0451");
		try (Relay network = new Relay(this.port)) {
			Dashboard teacher = new Dashboard(laptop()).open(network.url() + "/teacher#" + room.id);
			teacher.counts(1);
			network.cut();
			assertThat(teacher.hook("connection")).hasAttribute("data-state", "reconnecting");
			choose(teacher, CLASS_LIST);
			assertThat(teacher.hook("roster-found")).hasText("5 students");
			teacher.hook("roster-use").click();
			assertThat(teacher.hook("on-roster")).hasText("1 of 5 on the class list");
		}
	}

	@Test
	void aFileThatIsDroppedIsReadOnTheSheetTooAndNeverTakesThePlaceOfThePage() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.present("A1");
		Page page = laptop();
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.counts(1);
		teacher.end();
		page.locator(".sheet h1").dispatchEvent("drop", Map.of("dataTransfer", dropped(page)));
		assertThat(teacher.hook("roster-found")).hasText("1 student");
		teacher.hook("roster-use").click();
		assertThat(teacher.hook("students")).containsText("Ada Lima");
		Page other = laptop();
		for (String view : List.of("", "#" + room.id + "/scanner", "#" + room.id + "/projector")) {
			other.navigate(url("/teacher" + view));
			assertThat(other.locator("h1")).isVisible();
			assertThat(other.evaluate("""
					(dataTransfer) => ['dragover', 'drop'].map((type) => document.body.dispatchEvent(
					  new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })))""", dropped(other)))
				.as("the browser opens the file")
				.isEqualTo(List.of(false, false));
		}
	}

	@Test
	void aFileThatHasGoneIsNamedAsTheCause() throws IOException {
		TestClass room = new TestClass(this.port);
		room.start();
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		teacher.hook("roster-open").click();
		teacher.page()
			.evaluate(
					"""
							window.addEventListener('change', (event) => event.stopPropagation(), { capture: true, once: true })""");
		Path file = Files.writeString(this.folder.resolve("class.csv"), CLASS_LIST);
		teacher.hook("roster-file").setInputFiles(file);
		Files.delete(file);
		teacher.hook("roster-file").dispatchEvent("change");
		assertThat(teacher.hook("roster-problem")).containsText("The browser cannot read this file.");
	}

	@ParameterizedTest
	@CsvSource({ "pt-BR, LIGHT", "es, DARK" })
	void thePageIsReadableInEverySize(String language, ColorScheme scheme) throws IOException {
		TestClass room = new TestClass(this.port);
		room.start();
		room.present("042191010", "042191011", "visitante-com-matricula-longa.2026");
		Page page = window(
				new Browser.NewContextOptions().setLocale(language).setColorScheme(scheme).setViewportSize(1440, 900));
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.counts(3);
		List<String> sizes = List.of("360x640", "740x360", "1024x768", "1440x900");
		teacher.hook("roster-open").click();
		inspectAt(sizes.subList(0, 1), page, "roster-empty-" + language, scheme);
		teacher.hook("roster-file").setInputFiles(SAMPLES.resolve("canvas-en.csv"));
		assertThat(teacher.hook("roster-found")).isVisible();
		inspectAt(sizes, page, "roster-preview-" + language, scheme);
		teacher.hook("roster-use").click();
		assertThat(teacher.hook("on-roster")).isVisible();
		page.setViewportSize(360, 640);
		for (String size : sizes) {
			teacher.hook("list").evaluate("(list) => list.scrollIntoView()");
			inspectAt(List.of(size), page, "roster-names-" + language, scheme);
		}
		teacher.hook("roster-open").click();
		inspectAt(sizes.subList(0, 1), page, "roster-loaded-" + language, scheme);
	}

	private static Object dropped(Page page) {
		return page.evaluateHandle("""
				() => {
				  const dropped = new DataTransfer();
				  dropped.items.add(new File(['Student ID;Name\\nA1;Ada Lima\\n'], 'class.csv'));
				  return dropped;
				}""");
	}

	/** Opens the dialog, if it is not open, and chooses a file. */
	private static void choose(Dashboard teacher, String text) {
		if (!teacher.page().locator("dialog.roster").isVisible()) {
			teacher.hook("roster-open").click();
		}
		teacher.hook("roster-file")
			.setInputFiles(new FilePayload("class.csv", "text/csv", text.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Everything that a page sends: addresses, headers and bodies of requests, and
	 * frames.
	 */
	private static List<String> sentBy(Page page) {
		List<String> sent = new CopyOnWriteArrayList<>();
		page.onRequest((request) -> sent.add(request.url() + request.headers() + request.postData()));
		page.onWebSocket((socket) -> socket.onFrameSent((WebSocketFrame frame) -> sent.add(frame.text())));
		return sent;
	}

	private static String stored(Page page) {
		return (String) page
			.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state])");
	}

	/** Requires these rows in the list: place, name, id and status. */
	private static void rows(Dashboard teacher, String... rows) {
		assertThat(teacher.page().locator("[data-rows] .line")).hasText(Stream.of(rows)
			.map((row) -> Pattern.compile("^\\s*" + row.replace(" ", "\\s*") + "\\s*(\\d\\d:\\d\\d:\\d\\d)?\\s*$"))
			.toArray(Pattern[]::new));
	}

}
