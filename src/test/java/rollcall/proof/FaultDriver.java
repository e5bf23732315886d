package rollcall.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import rollcall.Await;
import rollcall.PostgresServer;
import rollcall.Relay;

/**
 * Causes one kind of failure after the other in a cluster under load, verifies that the
 * failure happened, and waits until presences are recorded again. One round causes each
 * kind once, in random order; then all rolls are ended and the history is checked.
 */
final class FaultDriver {

	private static final int CLASSES_OF_A_ROUND = 10;

	private static final Duration PAUSE = Duration.ofSeconds(4);

	private final Cluster cluster;

	private final PostgresServer database;

	/** The connection of each node to the database. */
	private final List<Relay> lines;

	/** The connection of teachers to the proxy. */
	private final Relay teachers;

	private final Random random;

	private final Tally tally = new Tally();

	private final Map<Kind, Integer> caused = new EnumMap<>(Kind.class);

	private long nextClass;

	FaultDriver(Cluster cluster, PostgresServer database, List<Relay> lines, Relay teachers, long seed) {
		this.cluster = cluster;
		this.database = database;
		this.lines = lines;
		this.teachers = teachers;
		this.random = new Random(seed);
		this.nextClass = 1 + this.random.nextInt(1_000_000_000);
	}

	/** Causes each of the kinds once in each round. */
	Tally run(List<Kind> kinds, int rounds) {
		for (int i = 0; i < rounds && this.tally.violations().isEmpty(); i++) {
			List<Kind> shuffled = new ArrayList<>(kinds);
			Collections.shuffle(shuffled, this.random);
			round(shuffled);
		}
		return this.tally;
	}

	/** How often each kind was caused. */
	Map<Kind, Integer> caused() {
		return this.caused;
	}

	private void round(List<Kind> kinds) {
		URI base = this.cluster.base();
		URI lossy = URI.create("http://" + base.getUserInfo() + "@127.0.0.1:" + this.teachers.port());
		try (Load load = new Load(base, lossy, this.nextClass, this.random)) {
			this.nextClass += CLASSES_OF_A_ROUND;
			for (Kind kind : kinds) {
				load.awaitMore(50 + this.random.nextInt(300));
				load.failureBegins();
				kind.cause(this, load);
				this.caused.merge(kind, 1, Integer::sum);
				this.cluster.awaitReady();
				load.failureIsOver();
			}
			load.awaitMore(100);
			this.tally.add(load.finish());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int anyNode() {
		return this.random.nextInt(this.cluster.nodes().size());
	}

	/** The database sessions of an application, one in each line. */
	private String sessions(String application) {
		return this.database
			.query("SELECT pid FROM pg_stat_activity WHERE application_name = '" + application + "' ORDER BY pid");
	}

	private void endSessions(String application) {
		int nodes = this.cluster.nodes().size();
		Await.until("every node has its " + application, () -> sessions(application).lines().count() == nodes);
		String before = sessions(application);
		int ended = this.database.terminate(application);
		if (ended != nodes) {
			throw new AssertionError(ended + " of " + nodes + " sessions of " + application + " were ended");
		}
		Await.until("every node has another " + application, () -> {
			List<String> after = sessions(application).lines().toList();
			return after.size() == nodes && Collections.disjoint(after, before.lines().toList());
		});
	}

	/** The kinds of failure. */
	enum Kind {

		NODE_KILLED {
			@Override
			void cause(FaultDriver driver, Load load) {
				ServerProcess node = driver.cluster.nodes().get(driver.anyNode());
				node.kill();
				load.awaitMore(200);
				node.restart();
			}
		},

		DATABASE_CRASHED {
			@Override
			void cause(FaultDriver driver, Load load) {
				driver.database.stopImmediately();
				Await.until("the nodes have noticed",
						() -> driver.cluster.nodes().stream().allMatch((node) -> node.readiness() == 503));
				driver.database.startAgain();
			}
		},

		LISTENERS_ENDED {
			@Override
			void cause(FaultDriver driver, Load load) {
				driver.endSessions("rollcall-listener");
			}
		},

		WRITERS_ENDED {
			@Override
			void cause(FaultDriver driver, Load load) {
				driver.endSessions("rollcall-writer");
			}
		},

		NODE_PAUSED {
			@Override
			void cause(FaultDriver driver, Load load) {
				ServerProcess node = driver.cluster.nodes().get(driver.anyNode());
				node.pause();
				try {
					// This is sometimes longer than the database waits inside a
					// transaction.
					LockSupport.parkNanos(driver.random.nextInt(2) * PAUSE.toNanos());
					load.awaitMore(200);
				}
				finally {
					node.resume();
				}
			}
		},

		NODE_CUT_FROM_THE_DATABASE {
			@Override
			void cause(FaultDriver driver, Load load) throws IOException {
				int node = driver.anyNode();
				driver.lines.get(node).cut();
				Await.until("the node has noticed", () -> driver.cluster.nodes().get(node).readiness() == 503);
				driver.lines.get(node).mend();
			}
		},

		NODE_NOT_HEARD_BY_THE_DATABASE {
			@Override
			void cause(FaultDriver driver, Load load) {
				int node = driver.anyNode();
				driver.lines.get(node).freeze();
				Await.until("the node has noticed", () -> driver.cluster.nodes().get(node).readiness() == 503);
				driver.lines.get(node).thaw();
			}
		},

		ANSWER_TO_AN_END_LOST {
			@Override
			void cause(FaultDriver driver, Load load) {
				int before = driver.teachers.lost();
				driver.teachers.loseAnswersToEnd(3);
				Await.until("answers were lost", () -> driver.teachers.lost() >= before + 3);
			}
		};

		abstract void cause(FaultDriver driver, Load load) throws IOException;

	}

}
