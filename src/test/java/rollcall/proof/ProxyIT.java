package rollcall.proof;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;
import rollcall.FreePort;
import rollcall.Relay;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The nginx configuration of src/deploy: the requests that it passes on and repeats, and
 * its answer when no node is running.
 */
class ProxyIT {

	private static final String ROLL = "/classes/1/roll";

	private static final String LOGIN = "ana:secret@";

	@TempDir
	Path folder;

	@TempDir
	Path nginx;

	@Test
	void aRequestThatMayHaveTakenEffectIsNotRepeated() throws Exception {
		try (ServerProcess server = node().start();
				Relay first = new Relay(server.base().getPort());
				Relay second = new Relay(server.base().getPort());
				NginxServer proxy = NginxServer.start(this.nginx,
						List.of(FreePort.next(), first.port(), FreePort.next(), second.port()));
				HttpConnection client = new HttpConnection(proxy.base(LOGIN))) {
			assertThat(ask(client, "DELETE", ROLL).status()).as("an end while two nodes are down").isEqualTo(404);
			assertThat(ask(client, "POST", ROLL).status()).as("a start while two nodes are down").isEqualTo(201);
			int ends = first.ends() + second.ends();
			first.loseAnswersToEnd(1);
			second.loseAnswersToEnd(1);
			Outcome.Answered lost = ask(client, "DELETE", ROLL);
			assertThat(lost.status()).as("an end whose answer is lost").isEqualTo(503);
			assertThat(first.ends() + second.ends()).as("was sent once").isEqualTo(ends + 1);
			assertThat(ask(client, "GET", ROLL).status()).as("and has ended the roll").isEqualTo(404);
		}
	}

	@Test
	void proxyAnswersLikeANode() {
		try (ServerProcess server = node().start();
				NginxServer proxy = NginxServer.start(this.nginx, List.of(server.base().getPort()));
				HttpConnection client = new HttpConnection(proxy.base(LOGIN))) {
			String own = "Origin: " + proxy.base("");
			assertThat(ask(client, "POST", ROLL, own, "X-Forwarded-For: 192.0.2.1").status()).isEqualTo(201);
			assertThatAWatcherSees(proxy.base(LOGIN), ask(client, "GET", ROLL).body());
			assertProblem(ask(client, "POST", ROLL, "Origin: http://evil.example"), 403, "foreign-origin");
			Outcome.Answered large = send(client, "x".repeat(20_000));
			Outcome.Answered huge = send(client, "x".repeat(100_000));
			assertProblem(large, 413, "body-too-large");
			assertThat(huge.body()).isEqualTo(large.body());
			server.kill();
			Outcome.Answered alone = ask(client, "GET", ROLL);
			assertProblem(alone, 503, "store-unavailable");
			assertThat(alone.headers()).containsEntry("retry-after", "1");
		}
	}

	/** The database, which all nodes use, can be slow for a moment. */
	@Test
	void nodesThatWereAllSlowAreUsedAgainAtOnce() throws Exception {
		try (ServerProcess server = node().start();
				Relay first = new Relay(server.base().getPort());
				Relay second = new Relay(server.base().getPort());
				NginxServer proxy = NginxServer.start(this.nginx, List.of(first.port(), second.port()));
				HttpConnection client = new HttpConnection(proxy.base(LOGIN))) {
			first.freeze();
			second.freeze();
			assertThat(send(client, "{\"studentId\":\"a\"}").status()).as("a presence").isEqualTo(503);
			first.thaw();
			second.thaw();
			assertThat(ask(client, "GET", "/1").status()).as("the page of a class").isEqualTo(200);
			assertThat(proxy.log()).contains("upstream timed out").doesNotContain("no live upstreams");
		}
	}

	private static void assertThatAWatcherSees(URI base, String roll) {
		String rollId = roll.replaceFirst("(?s).*\"rollId\":\"([^\"]*).*", "$1");
		try (StompWatcher watcher = StompWatcher.of(base, rollId);
				RollCallClient student = new RollCallClient(base, new History())) {
			AtomicInteger number = new AtomicInteger();
			Await.until("an event is seen through the proxy", () -> {
				student.present(1, Integer.toString(number.incrementAndGet()));
				return watcher.seen() > 0;
			});
		}
	}

	private static void assertProblem(Outcome.Answered answer, int status, String code) {
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.headers()).containsEntry("cache-control", "no-store");
		assertThat(answer.headers().get("content-type")).startsWith("application/problem+json");
		assertThat(answer.body()).contains("\"type\":\"urn:rollcall:" + code + "\"", "\"status\":" + status);
	}

	private ServerProcess.Setup node() {
		return ServerProcess.on(this.folder).teacher("ana", "secret").settings("--rollcall.trusted-proxies=127.0.0.1");
	}

	private static Outcome.Answered ask(HttpConnection client, String method, String path, String... headers) {
		return (Outcome.Answered) client.send(method, path, null, headers);
	}

	private static Outcome.Answered send(HttpConnection client, String body) {
		return (Outcome.Answered) client.send("POST", "/classes/1/presence", body);
	}

}
