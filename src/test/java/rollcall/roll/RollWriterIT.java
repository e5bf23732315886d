package rollcall.roll;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;
import rollcall.roll.sqlite.SqliteFolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The writer on a real store, without a web server. Another connection holds SQLite's
 * lock and makes the writer wait.
 */
class RollWriterIT {

	private static final long CLASS_ID = 42;

	@TempDir
	Path folder;

	private final BlockingQueue<RollEvent> published = new LinkedBlockingQueue<>();

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final RollMeters meters = TestFeed.meters(this.registry);

	private SqliteFolder sqlite;

	private RollStore store;

	private LiveFeed feed;

	private RollWriter writer;

	@BeforeEach
	void start() {
		RollCallProperties properties = SqliteFolder.properties(this.folder, Duration.ZERO);
		this.sqlite = new SqliteFolder(this.folder, Clock.systemUTC());
		this.store = new RollStore(this.sqlite.dataSource(), this.sqlite.database(), properties, new StoreClock(),
				new RollCodes());
		this.feed = TestFeed.into(this.published, this.meters);
		this.writer = new RollWriter(this.sqlite.database(), properties, this.feed, this.meters, new RollCodes(),
				new StoreClock());
		this.writer.bindTo(this.registry);
		this.store.bindTo(this.registry);
		this.feed.start();
		this.writer.start();
	}

	@AfterEach
	void stop() throws Exception {
		this.writer.stop();
		this.feed.stop();
		this.sqlite.close();
	}

	@Test
	void changesAreAnsweredInTheirOrderAndPublishedAfterwards() throws InterruptedException {
		CompletableFuture<StartedRoll> start = this.writer
			.submit(new Change.Start(CLASS_ID, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE));
		List<CompletableFuture<PresenceReceipt>> receipts = List.of(arrive("a"), arrive("b"), arrive("a"));
		CompletableFuture<Sheet> end = this.writer
			.submit(new Change.End(CLASS_ID, RollMatch.ANY, Teacher.AT_THIS_MACHINE));
		assertThat(end.join().studentIds()).containsExactly("a", "b");
		assertThat(receipts).extracting((receipt) -> receipt.join().classId()).containsOnly(CLASS_ID);
		for (String expected : List.of("presence 1 a", "presence 2 b", "ended 2 null")) {
			RollEvent event = this.published.poll(60, TimeUnit.SECONDS);
			assertThat(event.rollId()).isEqualTo(start.join().rollId());
			assertThat(event.type() + " " + event.seq() + " " + event.studentId()).isEqualTo(expected);
		}
		assertThat(this.published).isEmpty();
	}

	@Test
	void aChangeThatTheSchemaRefusesDoesNotFailItsBatch() throws Exception {
		this.writer.submit(new Change.Start(CLASS_ID, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE)).join();
		List<CompletableFuture<PresenceReceipt>> receipts = SqliteFolder.whileLocked(this.folder, () -> {
			arrive("taken-alone");
			return List.of(arrive("a"), arrive("x".repeat(65)), arrive("b"), arrive("a"));
		});
		assertThat(receipts.get(0).join().classId()).isEqualTo(CLASS_ID);
		assertThatThrownBy(() -> receipts.get(1).join()).hasCauseInstanceOf(IllegalStateException.class);
		assertThat(receipts.get(2).join().classId()).isEqualTo(CLASS_ID);
		assertThat(receipts.get(3).join()).isEqualTo(receipts.get(0).join());
		assertThat(this.store.currentRoll(CLASS_ID, 0, Teacher.AT_THIS_MACHINE).orElseThrow().presences())
			.extracting(Presence::seq)
			.containsExactly(1L, 2L, 3L);
	}

	@Test
	void aStoreThatCannotBeWrittenFailsWaitingChangesAndRecovers() throws Exception {
		this.writer.submit(new Change.Start(CLASS_ID, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE)).join();
		StoreHealthIndicator health = new StoreHealthIndicator(this.writer, this.store);
		health.start();
		SqliteFolder.whileLocked(this.folder, () -> {
			CompletableFuture<PresenceReceipt> receipt = arrive("a");
			assertThatThrownBy(() -> receipt.get(60, TimeUnit.SECONDS))
				.hasCauseInstanceOf(StoreUnavailableException.class);
			return assertThat(health.health().getStatus().getCode()).isEqualTo("DOWN");
		});
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (!health.health().getStatus().getCode().equals("UP")) {
			assertThat(System.nanoTime()).isLessThan(deadline);
			Thread.onSpinWait();
		}
		assertThat(arrive("a").get(60, TimeUnit.SECONDS).classId()).isEqualTo(CLASS_ID);
		health.stop();
	}

	/** The test takes all connections for reading, so that reads wait. */
	@Test
	void onlyThreeReadsOfTimesWaitForAStoreThatHangs() throws Exception {
		StudentTimes times = new StudentTimes(this.writer, this.store);
		HikariDataSource pool = (HikariDataSource) this.sqlite.dataSource();
		List<Connection> taken = new ArrayList<>();
		for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
			taken.add(pool.getConnection());
		}
		List<CompletableFuture<Optional<TimesLeft>>> waiting = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			waiting.add(CompletableFuture.supplyAsync(() -> times.left(new ClassId(CLASS_ID)),
					(task) -> new Thread(task).start()));
		}
		Await.until("three reads wait", () -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 3);
		assertThatThrownBy(() -> times.left(new ClassId(CLASS_ID))).isInstanceOf(StoreUnavailableException.class);
		assertThat(pool.getHikariPoolMXBean().getThreadsAwaitingConnection()).isEqualTo(3);
		for (Connection connection : taken) {
			connection.close();
		}
		assertThat(waiting).allSatisfy((read) -> assertThat(read.get(60, TimeUnit.SECONDS)).isEmpty());
		assertThat(times.left(new ClassId(CLASS_ID))).isEmpty();
	}

	@Test
	void writerCanBeStartedAgain() throws Exception {
		this.writer.submit(new Change.Start(CLASS_ID, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE)).join();
		this.writer.stop();
		this.feed.stop();
		this.feed.start();
		this.writer.start();
		assertThat(arrive("a").join().classId()).isEqualTo(CLASS_ID);
		assertThat(this.published.poll(60, TimeUnit.SECONDS)).isNotNull();
	}

	@Test
	void changesQueuedAtTheStopAreWritten() throws Exception {
		this.writer.submit(new Change.Start(CLASS_ID, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE)).join();
		CompletableFuture<PresenceReceipt> receipt = SqliteFolder.whileLocked(this.folder, () -> arrive("a"));
		this.writer.stop();
		assertThat(receipt.join().classId()).isEqualTo(CLASS_ID);
		assertThatThrownBy(() -> arrive("b")).isInstanceOf(StoreUnavailableException.class);
	}

	@Test
	void outcomesOfPresencesAreCounted() throws Exception {
		this.writer.submit(new Change.Start(CLASS_ID, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE)).join();
		SqliteFolder.whileLocked(this.folder, () -> {
			arrive("a");
			arrive("a");
			this.writer.submit(new Change.Arrival(CLASS_ID + 1, "a", SentCode.NONE));
			return arrive("b");
		});
		this.writer.stop();
		assertThat(presences("recorded")).isEqualTo(2);
		assertThat(presences("repeated")).isEqualTo(1);
		assertThat(presences("refused")).isEqualTo(1);
		assertThat(presences("failed")).isZero();
		assertThat(this.registry.get("rollcall.batch.size").summary().totalAmount()).isEqualTo(5);
		assertThat(this.registry.get("rollcall.commit.time").timer().count()).isPositive();
		assertThat(this.registry.get("rollcall.queue.depth").gauge().value()).isZero();
		assertThat(this.registry.get("rollcall.rolls.open").gauge().value()).isOne();
		assertThat(this.registry.get("rollcall.store.writing").gauge().value()).isZero();
	}

	private double presences(String outcome) {
		return this.registry.get("rollcall.presences").tag("outcome", outcome).counter().count();
	}

	private CompletableFuture<PresenceReceipt> arrive(String studentId) {
		return this.writer.submit(new Change.Arrival(CLASS_ID, studentId, SentCode.NONE));
	}

}
