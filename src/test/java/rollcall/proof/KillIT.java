package rollcall.proof;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that is killed under load keeps all acknowledged presences and no others.
 */
class KillIT {

	/** Disabled features save time in a thousand starts. */
	private static final String[] QUICK_START = { "--springdoc.api-docs.enabled=false",
			"--springdoc.swagger-ui.enabled=false" };

	@TempDir
	Path data;

	@Test
	void killedServerKeepsAcknowledgedPresences() {
		long seed = Volume.seed();
		int kills = Volume.of(8, 1_000);
		try (ServerProcess server = ServerProcess.on(this.data).settings(QUICK_START).start()) {
			Tally tally = new KillDriver(server, seed).run(kills);
			System.out.println("kill -9 (seed " + seed + "): " + kills + " kills, " + tally);
			tally.assertKept();
			assertThat(tally.marks()).isPositive();
			assertThat(tally.refusedForCode()).isPositive();
			assertThat(tally.changesOfTimes()).isPositive();
			assertThat(tally.unanswered()).isNotEmpty();
		}
	}

}
