package rollcall.proof;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;
import rollcall.FreePort;
import rollcall.PostgresServer;
import rollcall.Relay;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes behind the proxy under load. If one node fails in any of these ways, the
 * other one records every student within three seconds.
 */
class StudentPauseIT {

	private static final int STUDENTS = 8;

	private static final int CLASSES = 3;

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

	private static final Duration FAULT = Duration.ofSeconds(5);

	@TempDir
	static Path folder;

	private static final List<ServerProcess> nodes = new ArrayList<>();

	private static Relay toDatabase;

	private static Relay toNode;

	private static NginxServer proxy;

	private final History history = new History();

	@BeforeAll
	static void start() throws IOException {
		PostgresServer.Database rolls = PostgresServer.shared().newDatabase();
		toDatabase = new Relay(rolls.server().port());
		String relayed = rolls.url().replace(":" + rolls.server().port() + "/", ":" + toDatabase.port() + "/");
		List<Integer> ports = List.of(FreePort.next(), FreePort.next());
		toNode = new Relay(ports.get(0));
		for (int i = 0; i < 2; i++) {
			nodes.add(Cluster.node((i == 0) ? relayed : rolls.url())
				.settings("--server.port=" + ports.get(i))
				.startWithoutWaiting());
		}
		nodes.forEach(ServerProcess::awaitReady);
		proxy = NginxServer.start(folder, List.of(toNode.port(), ports.get(1)));
	}

	@AfterAll
	static void stop() {
		if (proxy != null) {
			proxy.close();
		}
		nodes.forEach(ServerProcess::close);
		toNode.close();
		toDatabase.close();
	}

	@Test
	void studentsAreRecordedWhileANodeIsFrozen() throws Exception {
		assertThatStudentsAreRecorded("a frozen node", nodes.get(0)::pause, nodes.get(0)::resume);
	}

	@Test
	void studentsAreRecordedWhileANodeGetsNoAnswersFromTheDatabase() throws Exception {
		assertThatStudentsAreRecorded("a database that does not answer", toDatabase::freeze, toDatabase::thaw);
	}

	@Test
	void studentsAreRecordedWhileANodeHasNoDatabase() throws Exception {
		assertThatStudentsAreRecorded("a database that cannot be reached", toDatabase::cut, toDatabase::mend);
	}

	@Test
	void studentsAreRecordedWhileANodeCannotAnswerTheProxy() throws Exception {
		assertThatStudentsAreRecorded("a node that does not answer", toNode::freeze, toNode::thaw);
	}

	@Test
	void studentsAreRecordedWhileANodeIsCutOffFromTheProxy() throws Exception {
		assertThatStudentsAreRecorded("a node that cannot be reached", toNode::cut, toNode::mend);
	}

	private void assertThatStudentsAreRecorded(String what, Step fail, Step mend) throws Exception {
		URI base = proxy.base("ana:secret@");
		AtomicLong longest = new AtomicLong();
		AtomicInteger recorded = new AtomicInteger();
		AtomicInteger repeated = new AtomicInteger();
		AtomicBoolean over = new AtomicBoolean();
		try (Crowd crowd = new Crowd(); RollCallClient teacher = new RollCallClient(base, this.history)) {
			for (int i = 1; i <= CLASSES; i++) {
				teacher.start(i);
			}
			for (int i = 0; i < STUDENTS; i++) {
				int number = i;
				crowd.add(() -> {
					try (RollCallClient student = new RollCallClient(base, this.history)) {
						for (int k = 0; !over.get(); k++) {
							long began = System.nanoTime();
							while (!(student.present(1 + k % CLASSES, number + "-" + k) instanceof Call.Recorded)) {
								repeated.incrementAndGet();
								LockSupport.parkNanos(50_000_000);
							}
							longest.accumulateAndGet(System.nanoTime() - began, Math::max);
							recorded.incrementAndGet();
						}
					}
				});
			}
			awaitMore(recorded, 300);
			// The proxy avoids a node for two seconds after the fault of another test.
			int before = toNode.posts();
			Await.until("the proxy uses both nodes", () -> toNode.posts() > before + 100);
			long usual = longest.getAndSet(0);
			fail.take();
			LockSupport.parkNanos(FAULT.toNanos());
			long pause = longest.get();
			mend.take();
			Await.until("both nodes are ready", () -> nodes.stream().allMatch((node) -> node.readiness() == 200));
			awaitMore(recorded, 300);
			over.set(true);
			crowd.join();
			for (int i = 1; i <= CLASSES; i++) {
				assertThat(teacher.end(i, null)).isInstanceOf(Call.Ended.class);
			}
			System.out.printf(
					"longest pause of a student with %s: %d ms, afterwards %d, before %d; %d recorded, %d requests repeated%n",
					what, pause / 1_000_000, longest.get() / 1_000_000, usual / 1_000_000, recorded.get(),
					repeated.get());
		}
		assertThat(Duration.ofNanos(longest.get())).isLessThan(LONGEST_PAUSE);
		assertThat(this.history.violations()).isEmpty();
	}

	private static void awaitMore(AtomicInteger count, int more) {
		int goal = count.get() + more;
		Await.until(more + " more presences are recorded", () -> count.get() >= goal);
	}

	/** An action that may throw. */
	private interface Step {

		void take() throws IOException;

	}

}
