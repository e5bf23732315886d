package rollcall.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;
import rollcall.Needs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * While the disk cannot be written, new presences get 503. No acknowledged presence is
 * lost, and no restart is needed.
 */
class FailingDiskIT {

	private static final int FILL_BYTES = 64 * 1024;

	@TempDir
	Path data;

	@Test
	void failingWritesLoseNothingThatWasAcknowledged() {
		Needs.that(Needs.runs("prlimit", "--version"), "prlimit (Debian package util-linux) limits the server's files");
		long seed = Volume.seed();
		try (ServerProcess server = ServerProcess.on(this.data).start()) {
			Tally tally = new FailingDiskDriver(server, seed).run(Volume.of(3, 200));
			System.out.println("failing writes (seed " + seed + "): " + tally.histories() + " failures, " + tally);
			tally.assertKept();
			assertThat(tally.unanswered()).isNotEmpty();
		}
	}

	@Test
	void serverReportsAFullDiskAndRecovers() throws Exception {
		Path mount = Files.createDirectory(this.data.resolve("mount"));
		Needs.that(Needs.runs("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", mount.toString()),
				"root may mount a small tmpfs to fill");
		try {
			fillAndFree(mount);
		}
		finally {
			assertThat(Needs.runs("umount", mount.toString())).isTrue();
		}
	}

	private static void fillAndFree(Path mount) throws IOException {
		History history = new History();
		Path filler = mount.resolve("filler");
		try (ServerProcess server = ServerProcess.on(mount.resolve("data")).start();
				RollCallClient client = new RollCallClient(server.base(), history);
				HttpConnection plain = new HttpConnection(server.base())) {
			Call.Started roll = (Call.Started) client.start(1);
			client.present(1, "before");
			AtomicInteger number = new AtomicInteger();
			Await.until("the disk is full", () -> {
				fill(filler);
				return refused(client, plain, "during-" + number.incrementAndGet()) && server.readiness() == 503;
			});
			Files.delete(filler);
			Await.until("readiness is up", () -> server.readiness() == 200);
			assertThat(client.present(1, "after")).isInstanceOf(Call.Recorded.class);
			assertThat(client.end(1, roll.rollId())).isInstanceOf(Call.Ended.class);
			System.out.println("full disk: answered with 503 after " + number
					+ " more presences, then recovered without a restart");
		}
		assertThat(history.violations()).isEmpty();
	}

	/**
	 * Each failure truncates the log and frees some space, which the test fills again.
	 */
	private static boolean refused(RollCallClient client, HttpConnection plain, String student) {
		boolean refused = client.present(1, student) instanceof Call.Unanswered;
		Outcome again = plain.send("POST", "/classes/1/presence", "{\"studentId\":\"" + student + "\"}");
		if (refused && again instanceof Outcome.Answered answer && answer.status() != 200) {
			assertUnavailable(answer);
			return true;
		}
		return false;
	}

	private static void assertUnavailable(Outcome.Answered answer) {
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.headers()).containsKey("retry-after");
		assertThat(answer.headers().get("content-type")).startsWith("application/problem+json");
		assertThat(answer.body()).contains("\"status\":503").doesNotContainIgnoringCase("sql");
	}

	/** Fills every free byte. */
	private static void fill(Path filler) {
		for (int size = FILL_BYTES; size > 0; size /= 2) {
			while (appended(filler, size)) {
				continue;
			}
		}
	}

	private static boolean appended(Path filler, int size) {
		byte[] noise = new byte[size];
		new Random(size).nextBytes(noise);
		try {
			Files.write(filler, noise, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Test
	void aSecondServerOnTheSameDataIsRefused() {
		try (ServerProcess first = ServerProcess.on(this.data).start();
				ServerProcess second = ServerProcess.on(this.data).startWithoutWaiting()) {
			assertThat(second.awaitExit()).isNotZero();
			Await.until("the second server has said why", () -> second.log().contains(this.data.toString()));
			assertThat(second.log()).contains("Another roll call server is using the data folder")
				.doesNotContain("\tat ");
			assertThat(first.readiness()).isEqualTo(200);
		}
		try (ServerProcess third = ServerProcess.on(this.data).start()) {
			assertThat(third.readiness()).isEqualTo(200);
		}
		System.out.println("second server: refused with a message and an exit code");
	}

}
