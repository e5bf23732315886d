package rollcall.proof;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sheets of abandoned rolls are kept until they are handed over, also with clock
 * jumps and kills.
 */
class WaitingSheetsIT {

	@TempDir
	Path data;

	@Test
	void waitingSheetsAreKeptUntilTheyAreHandedOver() {
		long seed = Volume.seed();
		int rounds = Volume.of(5, 200);
		try (ServerProcess server = ServerProcess.on(this.data).settings(WaitingDriver.SETTINGS).start()) {
			Tally tally = new WaitingDriver(server, this.data, seed).run(rounds);
			System.out.println("waiting sheets (seed " + seed + "): " + rounds + " jumps of the clock, " + tally);
			tally.assertKept();
			assertThat(tally.histories()).isEqualTo(rounds);
		}
	}

}
