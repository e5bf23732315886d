package rollcall.pages;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers of other machines, such as proxies, to the requests of the dashboard. None of
 * them ends a roll, is final, or makes the page send a request that the teacher did not
 * want.
 */
class ForeignAnswersIT extends InChromium {

	private static final String PROBLEM = "application/problem+json";

	/** Each can come from a machine between the browser and the server. */
	private static final List<Foreign> FOREIGN = List.of(new Foreign(200, "text/html", "<h1>Welcome to our hotel</h1>"),
			new Foreign(200, "text/plain", "ok"), new Foreign(200, "application/json", "{\"ok\":true}"),
			new Foreign(200, "application/json", "null"),
			new Foreign(200, "text/html", "{\"classId\":42,\"rollId\":\"1\",\"presences\":[]}"),
			new Foreign(201, "application/json", "{\"id\":1}"), new Foreign(204, "text/plain", ""),
			new Foreign(302, "text/html", "Log in to this network"),
			new Foreign(400, "text/html", "<h1>Bad Request</h1>"), new Foreign(401, "text/html", "Sign in"),
			new Foreign(403, "text/html", "Forbidden"), new Foreign(404, "text/plain", "404 page not found"),
			new Foreign(404, "application/json", "{\"type\":\"about:blank\",\"status\":404}"),
			new Foreign(404, PROBLEM, "{\"type\":\"https://example.org/not-found\",\"status\":404}"),
			new Foreign(404, "application/json", "{\"type\":\"urn:rollcall:no-open-roll\",\"status\":404}"),
			new Foreign(409, "text/plain", "Conflict"), new Foreign(410, "text/html", "Gone"),
			new Foreign(412, "text/plain", ""), new Foreign(412, PROBLEM, "not JSON"),
			new Foreign(421, "text/html", "Misdirected Request"), new Foreign(429, "text/html", "Slow down"),
			new Foreign(502, PROBLEM, "{\"type\":\"urn:rollcall:no-open-roll\",\"status\":404}"),
			new Foreign(502, "text/html", "Bad Gateway"), new Foreign(503, "text/plain", ""));

	private final List<String> sent = new CopyOnWriteArrayList<>();

	private volatile Foreign answer = FOREIGN.get(0);

	private TestClass room;

	private Dashboard teacher;

	@BeforeEach
	void openPage() {
		this.room = new TestClass(this.port);
		this.teacher = new Dashboard(laptop());
		this.teacher.page().onRequest((request) -> this.sent.add(request.method()));
	}

	@Test
	void firstReadOfARollIsRepeated() {
		this.room.start();
		injectInto("**/classes/*/roll?*");
		this.teacher.open(url("/teacher#" + this.room.id));
		eachIsExplained("trouble");
		assertThat(page().locator("h1")).hasText("Class " + this.room.id);
		recovers("**/classes/*/roll?*");
		this.teacher.isLive();
		assertThat(this.sent).doesNotContain("DELETE");
	}

	@Test
	void readsOfALiveRollAreRepeated() {
		this.room.start();
		this.room.arrive("S-", 3);
		this.teacher.open(url("/teacher#" + this.room.id));
		this.teacher.isLive();
		injectInto("**/classes/*/roll?*");
		eachIsExplained("connection");
		assertThat(this.teacher.hook("connection")).hasAttribute("data-state", "reconnecting");
		this.teacher.counts(3);
		recovers("**/classes/*/roll?*");
		this.teacher.isLive();
		assertThat(this.sent).doesNotContain("DELETE");
	}

	@Test
	void endIsRepeatedUntilTheServerHasAnswered() {
		this.room.start();
		this.room.arrive("S-", 2);
		this.teacher.open(url("/teacher#" + this.room.id));
		this.teacher.isLive();
		injectInto("**/classes/*/roll");
		this.teacher.end();
		eachIsExplained("trouble");
		assertThat(this.room.current()).contains("\"rollId\"");
		page().evaluate("window.location.hash = ''");
		assertThat(page().locator("[data-leaving] h2")).hasText("The roll is not ended yet");
		page().keyboard().press("Escape");
		recovers("**/classes/*/roll");
		assertThat(this.teacher.hook("students").locator("tr")).hasCount(2);
	}

	@Test
	void readOfASheetIsRepeated() {
		String rollId = this.room.start();
		this.room.arrive("S-", 2);
		this.room.end();
		injectInto("**/sheets/*");
		this.teacher.open(url("/teacher#" + this.room.id + "/sheet/" + rollId));
		eachIsExplained("trouble");
		recovers("**/sheets/*");
		assertThat(this.teacher.hook("students").locator("tr")).hasCount(2);
		assertThat(this.sent).doesNotContain("DELETE");
	}

	@Test
	void addressOfASheetNeverEndsTheOpenRoll() {
		String rollId = this.room.start();
		injectInto("**/classes/*/roll?*");
		this.teacher.open(url("/teacher#" + this.room.id + "/sheet/" + rollId));
		eachIsExplained("trouble");
		recovers("**/classes/*/roll?*");
		this.teacher.isLive();
		assertThat(this.room.current()).contains(rollId);
		assertThat(this.sent).doesNotContain("DELETE");
	}

	@Test
	void listOfOpenRollsIsReadAgain() {
		this.room.start();
		injectInto("**/classes");
		this.teacher.open(url("/teacher"));
		eachIsExplained("list-problem");
		assertThat(this.teacher.hook("no-rolls")).hasText("Asking the server…");
		recovers("**/classes");
		assertThat(page().locator("a[href='#" + this.room.id + "']")).isVisible();
		assertThat(this.teacher.hook("list-problem")).isHidden();
	}

	@Test
	void startIsRepeatedUntilTheServerHasAnswered() {
		this.teacher.open(url("/teacher"));
		injectInto("**/classes/*/roll");
		page().locator("#class").fill(String.valueOf(this.room.id));
		page().keyboard().press("Enter");
		eachIsExplained("trouble");
		assertThat(page().locator("#class")).not().hasAttribute("aria-invalid", "true");
		recovers("**/classes/*/roll");
		this.teacher.isLive();
	}

	private Page page() {
		return this.teacher.page();
	}

	private void injectInto(String path) {
		page().route(path,
				(route) -> route.fulfill(new Route.FulfillOptions().setStatus(this.answer.status)
					.setContentType(this.answer.contentType)
					.setBody(this.answer.body)));
	}

	/** Lets the page ask again for each answer, and reads the reason that it shows. */
	private void eachIsExplained(String hook) {
		for (Foreign each : FOREIGN) {
			this.answer = each;
			askAgain();
			assertThat(this.teacher.hook(hook))
				.hasText(Pattern.compile("since \\d\\d:\\d\\d:\\d\\d\\. Another machine answered: "
						+ ((each.status == 302) ? "3xx" : each.status) + "\\.$"));
		}
	}

	private void recovers(String path) {
		page().unroute(path);
		askAgain();
	}

	/** The page need not wait for its next attempt when the network is back. */
	private void askAgain() {
		page().evaluate("window.dispatchEvent(new Event('online'))");
	}

	/**
	 * An answer that is not this server's.
	 *
	 * @param status its HTTP status
	 * @param contentType its content type
	 * @param body its body
	 */
	private record Foreign(int status, String contentType, String body) {
	}

}
