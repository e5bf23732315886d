package rollcall.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;
import rollcall.Leash;
import rollcall.Needs;
import rollcall.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * While the store hangs, the node is not ready after about three seconds, answers
 * readiness checks and presences without delay, and is ready again without a restart. Who
 * sent a right code is recorded in the end.
 */
class HangingStoreIT {

	/** The longest time of a readiness check or a refusal. */
	private static final Duration AT_ONCE = Duration.ofSeconds(1);

	private static final String DELAY = "inject=fsync,fdatasync:delay_enter=60000000";

	@TempDir
	Path folder;

	@Test
	void aHangingFsyncIsReported() {
		Needs.that(Needs.runs("strace", "-e", "trace=fsync,fdatasync", "-e", DELAY, "-o", "/dev/null", "true"),
				"strace (Debian package strace) delays the server's system calls");
		try (ServerProcess server = ServerProcess.on(this.folder.resolve("data")).start()) {
			List<String> strace = List.of("strace", "-f", "-p", Long.toString(server.pid()), "-e",
					"trace=fsync,fdatasync", "-e", DELAY, "-o", "/dev/null");
			Leash[] hanging = new Leash[1];
			assertThatAHangIsReportedAndEnds(server, () -> {
				Path log = this.folder.resolve("strace");
				hanging[0] = Leash.on("TERM", this.folder, log, Map.of(), strace);
				Await.until("strace watches the server", () -> server.isTraced());
			}, () -> hanging[0].end());
		}
	}

	@Test
	void aHangingPostgresqlIsReported() {
		try (PostgresServer database = PostgresServer.start();
				ServerProcess server = Cluster.node(database.newDatabase().url()).start()) {
			assertThatAHangIsReportedAndEnds(server, database::pause, database::resume);
		}
	}

	private static void assertThatAHangIsReportedAndEnds(ServerProcess server, Runnable hang, Runnable release) {
		History history = new History();
		try (Crowd crowd = new Crowd();
				RollCallClient client = new RollCallClient(server.base(), history);
				HttpConnection plain = new HttpConnection(server.base())) {
			Call.Started roll = (Call.Started) client.start(1, Call.Times.NONE, true);
			String code = ((Call.Codes) client.codes(1)).codes().get(0).code();
			client.present(1, "before", code);
			hang.run();
			long began = System.nanoTime();
			for (int i = 0; i < 5; i++) {
				String student = "hangs-" + i;
				crowd.add(() -> {
					try (RollCallClient waiting = new RollCallClient(server.base(), history)) {
						Call.Reply reply;
						do {
							reply = waiting.present(1, student, code);
						}
						while (reply instanceof Call.Unanswered);
						assertThat(reply).isInstanceOf(Call.Recorded.class);
					}
				});
			}
			Await.until("the node is not ready", () -> timedStatus(plain, "GET", "/actuator/health/readiness") == 503);
			Duration noticed = Duration.ofNanos(System.nanoTime() - began);
			for (int i = 0; i < 20; i++) {
				assertThat(timedStatus(plain, "POST", "/classes/1/presence")).isEqualTo(503);
				assertThat(timedStatus(plain, "GET", "/1/deadline")).isEqualTo(503);
				assertThat(timedStatus(plain, "GET", "/actuator/health/readiness")).isEqualTo(503);
			}
			System.out.println("a store that hangs: not ready after " + noticed.toMillis() + " ms");
			assertThat(noticed).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(9));
			release.run();
			Await.until("the node is ready again", () -> server.readiness() == 200);
			crowd.join();
			assertThat(client.present(1, "after", code)).isInstanceOf(Call.Recorded.class);
			assertThat(client.end(1, roll.rollId())).isInstanceOf(Call.Ended.class);
		}
		assertThat(history.violations()).isEmpty();
	}

	private static int timedStatus(HttpConnection plain, String method, String path) {
		long began = System.nanoTime();
		String body = method.equals("POST") ? "{\"studentId\":\"refused\"}" : null;
		Outcome.Answered answer = (Outcome.Answered) plain.send(method, path, body);
		assertThat(Duration.ofNanos(System.nanoTime() - began)).as(method + " " + path).isLessThan(AT_ONCE);
		assertThat(answer.headers().containsKey("retry-after"))
			.isEqualTo(!path.startsWith("/actuator/") && answer.status() == 503);
		return answer.status();
	}

}
