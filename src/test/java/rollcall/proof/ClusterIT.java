package rollcall.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;
import rollcall.PostgresServer;
import rollcall.Relay;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes behind the proxy keep every promise of one, wherever a request lands and
 * whatever breaks.
 */
class ClusterIT {

	private static final int NODES = 3;

	@TempDir
	static Path folder;

	private static final List<Relay> lines = new ArrayList<>();

	private static PostgresServer database;

	private static Cluster cluster;

	@BeforeAll
	static void start() throws IOException {
		database = PostgresServer.start();
		PostgresServer.Database rolls = database.newDatabase();
		List<String> urls = new ArrayList<>();
		for (int i = 0; i < NODES; i++) {
			Relay line = new Relay(database.port());
			lines.add(line);
			urls.add(rolls.url().replace(":" + database.port() + "/", ":" + line.port() + "/"));
		}
		cluster = Cluster.start(folder, urls);
	}

	@AfterAll
	static void stop() {
		if (cluster != null) {
			cluster.close();
		}
		lines.forEach(Relay::close);
		if (database != null) {
			database.close();
		}
	}

	@Test
	void noRaceBreaksAPromise() {
		long seed = Volume.seed();
		Tally tally = new RaceDriver(seed).run(cluster.base(), Volume.of(20_000, 1_000_000));
		System.out.println("cluster race (seed " + seed + "): " + tally.histories() + " rounds, " + tally);
		tally.assertKept();
		assertThat(tally.events()).isPositive();
	}

	@Test
	void everySequenceIsAnsweredAsTheRulesSay() {
		new ModelDriver(Volume.seed()).run(cluster.base(), Volume.of(30, 2_000));
	}

	/** The class's students ask at every node, and a dashboard hangs on every node. */
	@Test
	void everyNodeTellsWhatEveryNodeRecords() {
		Tally tally = new Tally();
		for (int i = 0; i < Volume.of(10, 500); i++) {
			History history = new History();
			watchEverywhere(2_000_000_000L + i, history);
			tally.add(history);
		}
		System.out.println("every node tells what every node records: " + tally);
		tally.assertKept();
		assertThat(tally.unanswered()).isZero();
	}

	private static void watchEverywhere(long classId, History history) {
		List<StompWatcher> watchers = new ArrayList<>();
		try (Crowd crowd = new Crowd(); RollCallClient teacher = new RollCallClient(cluster.base(), history)) {
			Call.Started roll = (Call.Started) teacher.start(classId);
			cluster.nodes().forEach((node) -> watchers.add(StompWatcher.of(node.base(), roll.rollId())));
			for (int node = 0; node < NODES; node++) {
				String name = "at-node-" + node + "-";
				RollCallClient student = new RollCallClient(cluster.nodes().get(node).base(), history);
				crowd.add(() -> {
					try (student) {
						for (int i = 0; watchers.stream().anyMatch((watcher) -> seen(watcher, name) < 20); i++) {
							student.present(classId, name + i);
						}
					}
				});
			}
			crowd.join();
			teacher.end(classId, roll.rollId());
			for (StompWatcher watcher : watchers) {
				Await.until("the end is seen", () -> watcher.hasEnded() || watcher.trouble() != null);
				assertThat(watcher.trouble()).isNull();
				history.add(watcher.watch(true));
			}
		}
		finally {
			watchers.forEach(StompWatcher::close);
		}
	}

	private static long seen(StompWatcher watcher, String name) {
		return watcher.seenAfter(0).stream().filter((event) -> event.studentId().startsWith(name)).count();
	}

	@Test
	void noFaultBreaksAPromise() throws IOException {
		long seed = Volume.seed();
		try (Relay teachers = new Relay(cluster.base().getPort())) {
			FaultDriver driver = new FaultDriver(cluster, database, lines, teachers, seed);
			Tally tally = driver.run(Volume.of(2, 30));
			System.out.println("cluster faults (seed " + seed + "): " + driver.struck() + ", " + tally);
			tally.assertKept();
			assertThat(driver.struck().values())
				.allMatch((times) -> times == driver.struck().get(FaultDriver.Kind.NODE_KILLED));
			assertThat(tally.unanswered()).isPositive();
		}
	}

}
