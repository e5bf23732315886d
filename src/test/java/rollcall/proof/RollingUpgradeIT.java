package rollcall.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;
import rollcall.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes of an older version are replaced by this version under load, one after the
 * other. Only {@code .ci/rolling-upgrade} runs this test, because it builds the older
 * version.
 */
@Tag("old-version")
class RollingUpgradeIT {

	private static final Path OLD_JAR = Path.of(System.getProperty("old.jar", "missing"));

	@TempDir
	Path folder;

	@Test
	void noRequestFailsAndNoPresenceIsLost() {
		long seed = Volume.seed();
		List<ServerProcess.Setup> setups = new ArrayList<>();
		Tally tally = new Tally();
		try (PostgresServer database = PostgresServer.start()) {
			PostgresServer.Database rolls = database.shippedDatabase();
			try (Cluster cluster = Cluster.start(this.folder, List.of(rolls.url(), rolls.url()), (node) -> {
				setups.add(node);
				return node.jar(OLD_JAR);
			}); Load load = Load.withoutCorrections(cluster.base(), 1, new Random(seed))) {
				String before = schema(rolls);
				load.awaitMore(500);
				upgrade(cluster.nodes().get(0), setups.get(0), load);
				restart(cluster.nodes().get(1), load);
				upgrade(cluster.nodes().get(1), setups.get(1), load);
				load.allowCorrections();
				load.awaitMore(1_000);
				tally.add(load.finish());
				System.out.println("rolling upgrade from schema " + before + " to " + schema(rolls) + " (seed " + seed
						+ "): " + tally + ", sockets closed with " + load.closeCodes() + ", " + load.movedDashboards()
						+ " dashboards moved and missed nothing");
			}
			tally.assertKept();
			assertThat(tally.unanswered()).isEmpty();
			assertThat(tally.marks()).isPositive();
		}
	}

	private static void upgrade(ServerProcess node, ServerProcess.Setup setup, Load load) {
		setup.jar(null);
		restart(node, load);
	}

	/** An old node also restarts when the schema is new already. */
	private static void restart(ServerProcess node, Load load) {
		node.askToStop();
		Await.until("readiness goes down first", () -> node.readiness() == 503);
		assertThat(node.awaitExit()).as("a stop is not a failure").isIn(0, 143);
		load.awaitMore(200);
		node.restart();
		load.awaitMore(1_000);
	}

	private static String schema(PostgresServer.Database rolls) {
		return rolls.query("SELECT max(version) FROM flyway_schema_history");
	}

}
