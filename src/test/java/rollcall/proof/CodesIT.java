package rollcall.proof;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.DatabaseClock;
import rollcall.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Codes at two nodes whose clocks are five minutes before and five minutes after that of
 * the database, which is moved and paused: the nodes agree on every code, no wrong one is
 * accepted, and no right one is refused.
 */
class CodesIT {

	@TempDir
	Path folder;

	@Test
	void nodesWithWrongClocksAgreeOnEveryCode() throws Exception {
		try (PostgresServer database = PostgresServer.start()) {
			PostgresServer.Database rolls = database.newDatabase();
			try (DatabaseClock clock = new DatabaseClock(rolls);
					ServerProcess early = node(rolls, "-5").startWithoutWaiting();
					ServerProcess late = node(rolls, "5").startWithoutWaiting()) {
				early.awaitReady();
				late.awaitReady();
				Tally tally = new CodeDriver(early.base(), late.base(), database, clock).run();
				System.out.println("codes: " + tally);
				tally.assertKept();
				assertThat(tally.recorded()).isGreaterThanOrEqualTo(4);
				assertThat(tally.refusedForCode()).isGreaterThanOrEqualTo(12);
				assertThat(tally.unanswered()).isNotEmpty();
			}
		}
	}

	private ServerProcess.Setup node(PostgresServer.Database rolls, String minutes) throws Exception {
		Fault wrongClock = Fault.of("a wrong clock", "rollcall/RollCallApplication.java", Fault.Driver.RACE,
				Promise.P11, "return Clock.systemUTC();",
				"return Clock.offset(Clock.systemUTC(), java.time.Duration.ofMinutes(" + minutes + "));");
		return Cluster.node(rolls.url())
			.settings(DatabaseClock.SETTING)
			.altered(wrongClock.plant(Files.createDirectory(this.folder.resolve("clock" + minutes))));
	}

}
