package rollcall.proof;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Twenty dashboards repeatedly read a full roll of 10,000 students at the same moment,
 * while presences continue. The server has 256 MB of heap.
 */
class ManyReadersIT {

	private static final int STUDENTS = 10_000;

	private static final int READERS = 20;

	private static final int ROUNDS = 5;

	private static final int SENDERS = 4;

	@TempDir
	Path data;

	@Test
	void theEmbeddedStoreServesManyReaders() {
		try (ServerProcess server = ServerProcess.on(this.data).start()) {
			readAtTheSameTime(server);
		}
	}

	@Test
	void theSharedStoreServesManyReaders() {
		String url = PostgresServer.shared().newDatabase().url();
		try (ServerProcess server = Cluster.node(url).start()) {
			readAtTheSameTime(server);
		}
	}

	private static void readAtTheSameTime(ServerProcess server) {
		ask(server, "POST", "/classes/1/roll");
		ask(server, "POST", "/classes/2/roll");
		fill(server);
		AtomicBoolean reading = new AtomicBoolean(true);
		AtomicInteger recorded = new AtomicInteger();
		try (Crowd students = new Crowd()) {
			students.add(() -> recordWhile(server, reading, recorded));
			for (int round = 0; round < ROUNDS; round++) {
				try (Crowd readers = new Crowd()) {
					for (int i = 0; i < READERS; i++) {
						readers.add(() -> readFully(server));
					}
					readers.join();
				}
			}
			reading.set(false);
			students.join();
		}
		assertThat(recorded).as("presences went on").hasPositiveValue();
		assertThat(server.log()).doesNotContain("OutOfMemoryError", " ERROR ", " WARN ");
		System.out.println("many readers: " + READERS + " times " + ROUNDS + " readings of " + STUDENTS
				+ " presences, and " + recorded + " presences meanwhile");
	}

	private static void fill(ServerProcess server) {
		AtomicInteger next = new AtomicInteger();
		try (Crowd crowd = new Crowd()) {
			for (int i = 0; i < SENDERS; i++) {
				crowd.add(() -> {
					try (RollCallClient client = new RollCallClient(server.base(), new History())) {
						for (int n = next.getAndIncrement(); n < STUDENTS; n = next.getAndIncrement()) {
							assertThat(client.present(1, "s" + n)).isInstanceOf(Call.Recorded.class);
						}
					}
				});
			}
			crowd.join();
		}
	}

	private static void readFully(ServerProcess server) {
		String whole = ask(server, "GET", "/classes/1/roll");
		assertThat(whole).contains("\"seq\":" + STUDENTS + ",\"full\":true,\"presences\":[{\"seq\":1,")
			.contains("{\"seq\":" + STUDENTS + ",");
		assertThat(whole.split("\"studentId\"", -1)).hasSize(STUDENTS + 1);
		String last = ask(server, "GET", "/classes/1/roll?after=" + (STUDENTS - 1));
		assertThat(last.split("\"studentId\"", -1)).hasSize(2);
	}

	private static String ask(ServerProcess server, String method, String path) {
		try (HttpConnection connection = new HttpConnection(server.base())) {
			Outcome outcome = connection.send(method, path, null);
			assertThat(outcome).isInstanceOf(Outcome.Answered.class);
			Outcome.Answered answer = (Outcome.Answered) outcome;
			assertThat(answer.status()).as(answer.body()).isIn(200, 201);
			return answer.body();
		}
	}

	private static void recordWhile(ServerProcess server, AtomicBoolean reading, AtomicInteger recorded) {
		try (RollCallClient client = new RollCallClient(server.base(), new History())) {
			while (reading.get()) {
				assertThat(client.present(2, "s" + recorded.get())).isInstanceOf(Call.Recorded.class);
				recorded.incrementAndGet();
			}
		}
	}

}
