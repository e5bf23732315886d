package rollcall.proof;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.SlowClients;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with a small heap under more half-open connections than the heap can hold, for
 * half a minute: every presence is answered, during the attack and after it.
 */
class HeapBoundIT {

	private static final int CONNECTIONS = 8_192;

	private static final int SECONDS = 15;

	private static final int PAUSE_MS = 7_000;

	private static final long SLOWEST_MS = 5_000;

	@TempDir
	Path folder;

	@Test
	void halfOpenConnectionsDoNotFillTheHeap() throws Exception {
		try (ServerProcess server = ServerProcess.on(this.folder.resolve("data")).jvm("-Xmx256m").start()) {
			try (RollCallClient teacher = new RollCallClient(server.base(), new History())) {
				teacher.start(1);
			}
			Process attacker = attack(server.base());
			List<Long> times = new ArrayList<>();
			String report;
			try {
				assertThat(attacker.inputReader().readLine()).isEqualTo("ready");
				while (attacker.isAlive()) {
					times.add(presence(server.base(), "s" + times.size()));
					Thread.sleep(100);
				}
				report = attacker.inputReader().readLine();
			}
			finally {
				attacker.destroy();
			}
			int during = times.size();
			for (int i = 0; i < 20; i++) {
				times.add(presence(server.base(), "s" + times.size()));
			}
			// A new connection: an idle one may be closed during the attack.
			try (RollCallClient teacher = new RollCallClient(server.base(), new History())) {
				assertThat(teacher.open()).isEqualTo(Map.of(1L, (long) times.size()));
			}
			assertThat(server.log()).doesNotContain("OutOfMemoryError");
			times.sort(null);
			System.out.printf("%d half-open connections: %d presences answered, median %d ms, slowest %d ms; %s%n",
					CONNECTIONS, during, times.get(times.size() / 2), times.get(times.size() - 1), report);
			assertThat(during).isPositive();
			assertThat(times).allSatisfy((millis) -> assertThat(millis).isLessThan(SLOWEST_MS));
		}
	}

	private static Process attack(URI server) throws Exception {
		String opening = "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: x";
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
				"target/test-classes", SlowClients.class.getName(), server.getHost(), String.valueOf(server.getPort()),
				String.valueOf(CONNECTIONS), String.valueOf(SECONDS), String.valueOf(PAUSE_MS),
				Base64.getEncoder().encodeToString(opening.getBytes()), "")
			.redirectErrorStream(true)
			.start();
	}

	private static long presence(URI server, String studentId) {
		long began = System.nanoTime();
		try (HttpConnection connection = new HttpConnection(server)) {
			Outcome outcome = connection.send("POST", "/classes/1/presence", "{\"studentId\":\"" + studentId + "\"}");
			assertThat(outcome).isInstanceOfSatisfying(Outcome.Answered.class,
					(answer) -> assertThat(answer.status()).isEqualTo(200));
		}
		return (System.nanoTime() - began) / 1_000_000;
	}

}
