package rollcall.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import rollcall.Await;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * After the end of a roll, no file of the data folder contains its data. The test reads
 * all files byte by byte while the server runs. Other rolls stay complete.
 */
class ErasureIT {

	private static final int ROLLS = 4;

	private static final int CLIENTS = 4;

	@TempDir
	Path data;

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void anEndErasesAtOnceIfNoSheetIsKept() {
		erase("0s");
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void anEndedRollIsErasedAfterItsRetention() {
		erase("1s");
	}

	/**
	 * Under load the file is rewritten once a minute; the documentation promises two
	 * minutes.
	 */
	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void anEndedRollIsErasedUnderLoad() {
		try (ServerProcess server = ServerProcess.on(this.data)
			.settings("--rollcall.closed-sheet-retention=0s")
			.start();
				RollCallClient teacher = new RollCallClient(server.base(), new History());
				Crowd crowd = new Crowd()) {
			teacher.start(1);
			teacher.start(ROLLS);
			teacher.present(1, marker(1));
			AtomicBoolean erased = new AtomicBoolean();
			AtomicInteger recorded = new AtomicInteger();
			crowd.add(() -> {
				try (RollCallClient student = new RollCallClient(server.base(), new History())) {
					while (!erased.get()) {
						assertThat(student.present(ROLLS, "s" + recorded.getAndIncrement() % 1_000))
							.isInstanceOf(Call.Recorded.class);
					}
				}
			});
			Await.until("presences come", () -> recorded.get() > 100);
			assertThat(onDisk(marker(1))).isTrue();
			long ended = System.nanoTime();
			teacher.end(1, null);
			Await.until("no file holds the student", () -> !onDisk(marker(1)));
			long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - ended);
			erased.set(true);
			crowd.join();
			System.out.println("erasure under load: after " + seconds + " s, " + recorded + " presences meanwhile");
			assertThat(seconds).isLessThan(120);
		}
	}

	private void erase(String retention) {
		int students = Volume.of(1_000, 50_000);
		History history = new History();
		try (ServerProcess server = ServerProcess.on(this.data)
			.settings("--rollcall.closed-sheet-retention=" + retention)
			.start(); RollCallClient teacher = new RollCallClient(server.base(), history)) {
			List<Call.Started> rolls = IntStream.rangeClosed(1, ROLLS)
				.mapToObj((classId) -> (Call.Started) teacher.start(classId))
				.toList();
			fill(server, history, students);
			assertThat(IntStream.rangeClosed(1, ROLLS).filter((classId) -> onDisk(marker(classId))))
				.as("the scan finds the students of the open rolls")
				.hasSize(ROLLS);
			for (int classId = 1; classId < ROLLS; classId++) {
				String marker = marker(classId);
				teacher.end(classId, rolls.get(classId - 1).rollId());
				Await.until("no file holds " + marker, () -> !onDisk(marker));
				String rollId = rolls.get(classId - 1).rollId();
				Await.until("no file holds the id of the roll", () -> !onDisk(rollId));
			}
			assertThat(onDisk(marker(ROLLS))).isTrue();
			assertThat(server.log()).as("the log names no student").doesNotContain(marker(1), marker(ROLLS));
			teacher.end(ROLLS, rolls.get(ROLLS - 1).rollId());
			Await.until("no file holds a student", () -> !onDisk(marker(ROLLS)));
			assertThat(history.violations()).isEmpty();
		}
		System.out.println("erasure (kept " + retention + "): " + ROLLS + " interleaved rolls of " + students
				+ " students, none of " + history.presences(Call.Recorded.class) + " left in any file");
	}

	/** The students of all rolls, interleaved so that their rows share pages. */
	private static void fill(ServerProcess server, History history, int students) {
		AtomicInteger next = new AtomicInteger();
		try (Crowd crowd = new Crowd()) {
			for (int i = 0; i < CLIENTS; i++) {
				crowd.add(() -> {
					try (RollCallClient client = new RollCallClient(server.base(), history)) {
						for (int n = next.getAndIncrement(); n < students * ROLLS; n = next.getAndIncrement()) {
							int classId = 1 + n % ROLLS;
							client.present(classId, marker(classId) + Integer.toHexString(n * 0x9E3779B1));
						}
					}
				});
			}
			crowd.join();
		}
	}

	/** A unique prefix of the ids of a class's students. */
	private static String marker(int classId) {
		return "Zq" + classId + "x";
	}

	private boolean onDisk(String marker) {
		try (Stream<Path> files = Files.walk(this.data)) {
			return files.filter(Files::isRegularFile).anyMatch((file) -> contains(file, marker));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean contains(Path file, String marker) {
		try {
			return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(marker);
		}
		catch (NoSuchFileException ex) {
			return false;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
