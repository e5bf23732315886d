package rollcall.pages;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import org.junit.jupiter.api.Test;
import rollcall.Await;
import rollcall.Relay;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The connection of the dashboard: sockets that are silent, lost or blocked, and hidden
 * tabs. The tests set the clock of the page forward instead of waiting.
 */
class ConnectionIT extends InChromium {

	/** The longest time for which a silent socket may count as live. */
	private static final int SILENCE_MS = 5_000;

	private static final List<String> NOT_LIVE = List.of("reading", "connecting", "reconnecting");

	private static final Pattern READ = Pattern.compile(".*/roll\\?after=\\d+$");

	@Test
	void aSilentSocketIsNotLive() throws IOException {
		TestClass room = new TestClass(this.port);
		room.start();
		try (Relay network = new Relay(this.port)) {
			Page page = laptop();
			page.clock().install();
			Dashboard teacher = new Dashboard(page).open(network.url() + "/teacher#" + room.id);
			teacher.isLive();
			pauseClock(page);
			network.freeze();
			page.clock().runFor(SILENCE_MS);
			assertThat(teacher.hook("connection").getAttribute("data-state")).isNotEqualTo("live");
			assertThat(teacher.hook("announcer")).isEmpty();
			Await.until("the page says why", () -> {
				page.clock().runFor(1_000);
				return teacher.hook("connection")
					.textContent()
					.matches("Reconnecting since .*\\. The server does not answer\\.");
			});
			page.clock().runFor(2 * SILENCE_MS);
			assertThat(teacher.hook("announcer")).hasText(Pattern.compile("Reconnecting since .*"));
			room.arrive("S-", 2);
			network.thaw();
			page.clock().resume();
			teacher.counts(2);
			teacher.isLive();
		}
	}

	@Test
	void aQuietSocketStaysLive() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		List<String> states = new CopyOnWriteArrayList<>();
		page.exposeFunction("noteState", (state) -> states.add(String.valueOf(state[0])));
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.isLive();
		page.evaluate("""
				() => new MutationObserver(([change]) => noteState(change.target.dataset.state))
				  .observe(document.querySelector('[data-connection]'), { attributeFilter: ['data-state'] })""");
		// Several heart-beats of the server. On a busy machine one of them can be late.
		for (int i = 0; i < 3 && (i == 0 || states.stream().anyMatch(NOT_LIVE::contains)); i++) {
			teacher.isLive();
			states.clear();
			page.waitForTimeout(8_000);
		}
		assertThat(states).doesNotContainAnyElementsOf(NOT_LIVE);
	}

	@Test
	void aLostSocketIsFollowedByAReadAtOnce() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		List<WebSocketRoute> sockets = new CopyOnWriteArrayList<>();
		page.routeWebSocket(Pattern.compile(".*/ws"), (socket) -> {
			socket.connectToServer();
			sockets.add(socket);
		});
		page.clock().install();
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.isLive();
		pauseClock(page);
		room.arrive("S-", 1);
		page.waitForRequest(READ, () -> sockets.get(0).close());
	}

	@Test
	void aBlockedSocketIsReplacedByReading() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		page.routeWebSocket(Pattern.compile(".*/ws"), WebSocketRoute::close);
		page.clock().install();
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		assertThat(teacher.hook("connection")).hasText("Live by reading");
		room.arrive("S-", 3);
		page.clock().runFor(2_500);
		teacher.counts(3);
		for (int i = 0; i < 20; i++) {
			page.waitForResponse(READ, () -> page.clock().runFor(2_000));
			assertThat(teacher.hook("connection")).hasText("Live by reading");
		}
	}

	@Test
	void aHiddenTabIsNotClosedAndReadsWhenItIsVisible() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		StringBuilder frames = new StringBuilder();
		page.onWebSocket((socket) -> socket.onFrameSent((frame) -> frames.append(frame.text())));
		page.clock().install();
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.isLive();
		Matcher heartbeat = Pattern.compile("heart-beat:(\\d+),").matcher(frames);
		assertThat(heartbeat.find()).isTrue();
		// The server waits for three heart-beats; a hidden tab can send one a minute.
		assertThat(3 * Integer.parseInt(heartbeat.group(1))).isGreaterThan(60_000);

		pauseClock(page);
		setVisibility(page, "hidden");
		page.waitForRequest(READ, () -> setVisibility(page, "visible"));
		teacher.isLive();
	}

	private static void setVisibility(Page page, String state) {
		page.evaluate("""
				(state) => {
				  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
				  document.dispatchEvent(new Event('visibilitychange'));
				}""", state);
	}

}
