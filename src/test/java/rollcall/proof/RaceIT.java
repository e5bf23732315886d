package rollcall.proof;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Concurrent presences, ends, starts and reads break no promise.
 */
@Tag("jvm")
class RaceIT {

	@TempDir
	Path data;

	@Test
	void noRaceBreaksAPromise() {
		long seed = Volume.seed();
		try (ServerProcess server = ServerProcess.on(this.data).start()) {
			Tally tally = new RaceDriver(seed).run(server.base(), Volume.of(36_000, 2_000_000));
			System.out.println("race (seed " + seed + "): " + tally.histories() + " rounds, " + tally);
			tally.assertKept();
			assertThat(tally.marks()).isPositive();
			assertThat(tally.refusedForCode()).isPositive();
			assertThat(tally.changesOfTimes()).isPositive();
			assertThat(tally.histories()).isGreaterThanOrEqualTo(100);
			assertThat(tally.events()).isPositive();
		}
	}

}
