package rollcall.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;
import rollcall.PostgresServer;
import rollcall.Relay;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes behind the proxy keep every promise of a single node, whichever node gets a
 * request and whatever fails.
 */
class ClusterIT {

	private static final int NODES = 3;

	private static final long OUTAGE_CLASS = 3_000_000_000L;

	private static final long RESTART_CLASS = 4_000_000_000L;

	@TempDir
	static Path folder;

	private static final List<Relay> lines = new ArrayList<>();

	private static PostgresServer database;

	private static PostgresServer.Database rolls;

	private static Cluster cluster;

	@BeforeAll
	static void start() throws IOException {
		database = PostgresServer.start();
		rolls = database.shippedDatabase();
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
	@Tag("jvm")
	void noRaceBreaksAPromise() {
		long seed = Volume.seed();
		Tally tally = new RaceDriver(seed).run(cluster.base(), Volume.of(6_000, 1_000_000));
		System.out.println("cluster race (seed " + seed + "): " + tally.histories() + " rounds, " + tally);
		tally.assertKept();
		assertThat(tally.events()).isPositive();
	}

	@Test
	void everySequenceIsAnsweredAccordingToTheRules() {
		new ModelDriver(Volume.seed(), 10_000,
				(classId) -> rolls.query("UPDATE roll SET due = 0 WHERE ended_at IS NULL AND class_id = " + classId))
			.run(cluster.base(), Volume.of(30, 2_000));
	}

	/** Students of one class use all nodes, and each node has a dashboard. */
	@Test
	void everyNodePublishesThePresencesOfAllNodes() {
		Tally tally = new Tally();
		for (int i = 0; i < Volume.of(10, 500); i++) {
			History history = new History();
			watchEverywhere(2_000_000_000L + i, history);
			tally.add(history);
		}
		System.out.println("every node publishes the presences of all nodes: " + tally);
		tally.assertKept();
		assertThat(tally.unanswered()).as(ClusterIT::logs).isEmpty();
	}

	/**
	 * The output of the nodes. It explains why a request has no answer.
	 */
	private static String logs() {
		return cluster.nodes().stream().map(ServerProcess::log).collect(Collectors.joining("\n\n"));
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
		return watcher.seenAfter(0).stream().filter((event) -> event.row().studentId().startsWith(name)).count();
	}

	@Test
	void noFaultBreaksAPromise() throws IOException {
		long seed = Volume.seed();
		int rounds = Volume.of(1, 30);
		try (Relay teachers = new Relay(cluster.base().getPort())) {
			FaultDriver driver = new FaultDriver(cluster, database, lines, teachers, seed);
			Tally tally = driver.run(List.of(FaultDriver.Kind.values()), rounds);
			System.out.println("cluster faults (seed " + seed + "): " + driver.caused() + ", " + tally);
			tally.assertKept();
			assertThat(driver.caused()).hasSameSizeAs(FaultDriver.Kind.values());
			assertThat(driver.caused().values()).containsOnly(rounds);
			assertThat(tally.unanswered()).isNotEmpty();
		}
	}

	@Test
	void everyNodeReportsAnOutageOfTheDatabaseAndRecovers() {
		History history = new History();
		List<Long> processes = cluster.nodes().stream().map(ServerProcess::pid).toList();
		try (RollCallClient client = new RollCallClient(cluster.base(), history)) {
			Call.Started roll = (Call.Started) client.start(OUTAGE_CLASS);
			client.present(OUTAGE_CLASS, "before");
			database.stopImmediately();
			for (ServerProcess node : cluster.nodes()) {
				Await.until("the node has noticed", () -> node.readiness() == 503);
				try (HttpConnection direct = new HttpConnection(node.base())) {
					String path = "/classes/" + OUTAGE_CLASS;
					assertUnavailable(direct.send("POST", path + "/presence", "{\"studentId\":\"during\"}"));
					assertUnavailable(direct.send("POST", path + "/roll", null));
					assertUnavailable(direct.send("GET", path + "/roll", null));
					assertUnavailable(direct.send("DELETE", path + "/roll", null));
					assertUnavailable(direct.send("GET", "/classes", null));
					Outcome alive = direct.send("GET", "/actuator/health/liveness", null);
					assertThat(((Outcome.Answered) alive).status()).isEqualTo(200);
				}
			}
			database.startAgain();
			cluster.awaitReady();
			assertThat(cluster.nodes().stream().map(ServerProcess::pid)).isEqualTo(processes);
			for (ServerProcess node : cluster.nodes()) {
				try (RollCallClient student = new RollCallClient(node.base(), history)) {
					assertThat(student.present(OUTAGE_CLASS, "after-" + node.pid())).isInstanceOf(Call.Recorded.class);
				}
			}
			Call.Ended ended = (Call.Ended) client.end(OUTAGE_CLASS, roll.rollId());
			assertThat(ended.sheet().studentIds()).hasSize(1 + NODES).doesNotContain("during");
		}
		assertThat(history.violations()).isEmpty();
	}

	private static void assertUnavailable(Outcome outcome) {
		Outcome.Answered answer = (Outcome.Answered) outcome;
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.headers()).containsKey("retry-after");
		assertThat(answer.headers().get("content-type")).startsWith("application/problem+json");
		assertThat(answer.body()).contains("urn:rollcall:store-unavailable").doesNotContainIgnoringCase("sql");
	}

	@Test
	void noRequestFailsDuringARollingRestart() {
		Tally tally = new Tally();
		try (Load load = new Load(cluster.base(), cluster.base(), RESTART_CLASS, new Random())) {
			for (ServerProcess node : cluster.nodes().subList(0, Volume.of(2, NODES))) {
				load.awaitMore(200);
				node.askToStop();
				Await.until("readiness goes down first", () -> node.readiness() == 503);
				assertThat(node.awaitExit()).as("a stop is not a failure").isIn(0, 143);
				load.awaitMore(200);
				node.restart();
			}
			load.awaitMore(200);
			tally.add(load.finish());
			System.out.println("rolling restart: " + tally + ", sockets closed with " + load.closeCodes() + ", "
					+ load.movedDashboards() + " dashboards moved and missed nothing");
			tally.assertKept();
			assertThat(tally.unanswered()).as(ClusterIT::logs).isEmpty();
			assertThat(load.closeCodes()).isNotEmpty().allMatch((code) -> code == 1001 || code == 1012);
			assertThat(load.movedDashboards()).isPositive();
		}
	}

}
