package rollcall.proof;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Await;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server acknowledges no presence while its file is damaged: it neither starts with a
 * damaged file nor continues with one.
 */
class DamagedStoreIT {

	private static final int STUDENTS = 300;

	private static final int PAGE_BYTES = 1_024;

	@TempDir
	Path data;

	@ParameterizedTest
	@Execution(ExecutionMode.CONCURRENT)
	@ValueSource(ints = { 300, 5_000 })
	void aTruncatedFileIsRefusedAtStart(int bytes) throws Exception {
		try (ServerProcess server = ServerProcess.on(this.data).start();
				RollCallClient client = new RollCallClient(server.base(), new History())) {
			fill(client);
			server.stop();
		}
		try (RandomAccessFile file = new RandomAccessFile(database().toFile(), "rw")) {
			file.setLength(file.length() - bytes);
		}
		Map<String, String> before = content();
		try (ServerProcess server = ServerProcess.on(this.data).startWithoutWaiting()) {
			assertThat(server.awaitExit()).isNotZero();
			Await.until("the server has said why", () -> server.log().contains(".recover"));
			assertThat(server.log()).contains(database() + " is damaged", "Nothing was changed")
				.doesNotContain("\tat ", "writable");
		}
		assertThat(content()).isEqualTo(before);
	}

	@ParameterizedTest
	@Execution(ExecutionMode.CONCURRENT)
	@EnumSource(Damage.class)
	void nothingIsAcknowledgedWhileAFileIsDamaged(Damage damage) throws Exception {
		History history = new History();
		Path file = this.data.resolve(damage.file);
		try (ServerProcess server = ServerProcess.on(this.data).settings("--rollcall.closed-sheet-retention=0").start();
				RollCallClient client = new RollCallClient(server.base(), history);
				HttpConnection plain = new HttpConnection(server.base())) {
			Call.Started roll = fill(client);
			if (file.equals(database())) {
				moveTheLogIntoTheFile(client);
			}
			byte[] sound = Files.readAllBytes(file);
			damage.to(file, sound);
			AtomicInteger number = new AtomicInteger();
			Await.until("the damage is noticed", () -> {
				client.present(1, "meanwhile-" + number.incrementAndGet());
				plain.send("GET", "/classes/1/roll", null);
				return server.readiness() == 503;
			});
			for (int i = 0; i < 20; i++) {
				assertThatAPresenceIsRefused(plain);
				assertThat(((Outcome.Answered) plain.send("GET", "/classes/1/roll", null)).status()).isEqualTo(503);
			}
			assertThat(server.readiness()).isEqualTo(503);
			assertThat(server.log()).containsOnlyOnce(database() + " is damaged or cannot be read")
				.doesNotContain("The store cannot be read");
			overwrite(file, sound);
			Await.until("the repair is noticed", () -> server.readiness() == 200);
			assertThat(client.present(1, "afterwards")).isInstanceOf(Call.Recorded.class);
			assertThat(client.end(1, roll.rollId())).isInstanceOf(Call.Ended.class);
		}
		assertThat(history.violations()).isEmpty();
	}

	private static void assertThatAPresenceIsRefused(HttpConnection plain) {
		Outcome.Answered refused = (Outcome.Answered) plain.send("POST", "/classes/1/presence",
				"{\"studentId\":\"refused\"}");
		assertThat(refused.status()).isEqualTo(503);
		assertThat(refused.headers()).containsEntry("retry-after", "1");
		assertThat(refused.body()).contains("urn:rollcall:store-unavailable");
	}

	private static Call.Started fill(RollCallClient client) {
		Call.Started roll = (Call.Started) client.start(1);
		for (int i = 0; i < STUDENTS; i++) {
			client.present(1, "student-" + i);
		}
		return roll;
	}

	/** Does the same as the server after it has erased another roll. */
	private void moveTheLogIntoTheFile(RollCallClient client) {
		client.start(2);
		client.present(2, "erased");
		client.end(2, null);
		Await.until("the log is empty", () -> {
			try {
				return Files.size(this.data.resolve("rollcall.db-wal")) == 0;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	private Path database() {
		return this.data.resolve("rollcall.db");
	}

	private Map<String, String> content() throws IOException {
		Map<String, String> content = new TreeMap<>();
		try (Stream<Path> files = Files.list(this.data)) {
			for (Path file : files.toList()) {
				content.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
			}
		}
		return content;
	}

	/** Changes the file in place, as a disk does: it stays the same file for SQLite. */
	private static void overwrite(Path file, byte[] bytes) throws IOException {
		try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
			open.write(bytes);
		}
	}

	/**
	 * Damage by a disk. A running server does not read the header again: it is in the
	 * log, and the next checkpoint writes it.
	 */
	enum Damage {

		LEAF_PAGES_FLIPPED("rollcall.db", PAGE_BYTES, Integer.MAX_VALUE), HALF_CUT("rollcall.db", 0, 0),
		LOG_FLIPPED("rollcall.db-wal", 32, Integer.MAX_VALUE);

		private final String file;

		private final int from;

		private final int to;

		Damage(String file, int from, int to) {
			this.file = file;
			this.from = from;
			this.to = to;
		}

		private void to(Path path, byte[] sound) throws IOException {
			byte[] flipped = sound.clone();
			for (int i = this.from; i < Math.min(this.to, flipped.length); i++) {
				flipped[i] ^= (byte) 0xFF;
			}
			overwrite(path, flipped);
			if (this == HALF_CUT) {
				try (RandomAccessFile open = new RandomAccessFile(path.toFile(), "rw")) {
					open.setLength(sound.length / 2);
				}
			}
		}

	}

}
