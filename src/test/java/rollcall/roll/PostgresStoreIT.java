package rollcall.roll;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import rollcall.problem.ProblemType;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.ds.PGSimpleDataSource;
import rollcall.PostgresServer;
import rollcall.roll.StoreException.Kind;
import rollcall.roll.postgres.SharedStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The contract on the shared store, and the effects of two sessions on each other.
 */
class PostgresStoreIT extends ClockContract {

	private final PostgresServer.Database rolls = PostgresServer.shared().newDatabase();

	private final StoreDatabase database = SharedStore.database(this.rolls);

	private Connection listener;

	@Override
	StoreDatabase openStore() throws Exception {
		SharedStore.migrate(this.rolls);
		this.listener = dataSource().getConnection();
		execute("LISTEN " + SharedStore.CHANNEL);
		setClock();
		return this.database;
	}

	@Override
	void closeStore() throws SQLException {
		this.clock.setTo((now) -> {
		});
		this.listener.close();
	}

	@Override
	DataSource dataSource() {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(this.rolls.jdbcUrl());
		dataSource.setUser(PostgresServer.USER);
		dataSource.setPassword(PostgresServer.PASSWORD);
		return dataSource;
	}

	/** The events that the notifications bring to every node. */
	@Override
	List<RollEvent> published() {
		assertThat(this.session.events()).isEmpty();
		try {
			execute("SELECT 1");
			List<RollEvent> events = new ArrayList<>();
			for (PGNotification notification : this.listener.unwrap(PGConnection.class).getNotifications()) {
				events.addAll(SharedStore.decode(notification.getParameter()));
			}
			return events;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aBatchLargerThanOneNotificationArrivesCompletely() throws Exception {
		start();
		List<RollEvent> events = apply(
				IntStream.range(0, 1_000).mapToObj((i) -> arrival("s".repeat(60) + i)).toArray(Change<?>[]::new));
		assertThat(events).extracting(RollEvent::seq)
			.containsExactlyElementsOf(LongStream.rangeClosed(1, 1_000).boxed().toList());
		assertThat(events.get(999).studentId()).endsWith("s999");
	}

	@Test
	void rolledBackEventsAreNotPublished() throws Exception {
		start();
		this.session.apply(List.of(arrival("a")));
		this.session.rollback();
		assertThat(apply(arrival("b"))).extracting(RollEvent::studentId).containsExactly("b");
	}

	@Test
	void anEndWaitsForPresencesOfAnotherNode() throws Exception {
		start();
		try (TestSession other = openSession()) {
			removeTimeLimits(this.session, other);
			Change.Arrival arrival = arrival("there");
			other.apply(List.of(arrival));
			CompletableFuture<Sheet> sheet = inBackground(this::end);
			awaitLockWait();
			other.commit();
			assertThat(sheet.get(60, TimeUnit.SECONDS).studentIds()).containsExactly("there");
		}
	}

	@Test
	void aPresenceThatWaitedForAnEndIsRefused() throws Exception {
		start();
		try (TestSession other = openSession()) {
			removeTimeLimits(this.session, other);
			Change.End end = new Change.End(CLASS_ID, RollMatch.ANY, Teacher.AT_THIS_MACHINE);
			other.apply(List.of(end));
			CompletableFuture<PresenceReceipt> receipt = inBackground(() -> present("late"));
			awaitLockWait();
			other.commit();
			assertThat(receipt.get(60, TimeUnit.SECONDS).classId()).isZero();
			end.complete();
			assertThat(end.answer().join().studentIds()).isEmpty();
		}
	}

	@Test
	void aStartAfterAnotherNodesStartIsAConflictAndThenRefused() throws Exception {
		try (TestSession other = openSession()) {
			removeTimeLimits(this.session, other);
			Change.Start first = new Change.Start(CLASS_ID, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE);
			other.apply(List.of(first));
			Change.Start second = new Change.Start(CLASS_ID, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE);
			CompletableFuture<Void> overtaken = inBackground(() -> {
				this.session.apply(List.of(second));
				return null;
			});
			awaitLockWait();
			other.commit();
			first.complete();
			assertThatThrownBy(() -> overtaken.get(60, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
				.satisfies((ex) -> assertThat(((StoreException) ex.getCause()).kind()).isEqualTo(Kind.CONFLICT));
			this.session.rollback();
			apply(second);
			assertRefused(() -> second.answer().join(), ProblemType.ROLL_ALREADY_OPEN);
		}
	}

	@Test
	void aPresenceThatWaitedForTheLastPlaceIsRefused() throws Exception {
		reopen(properties(RETENTION, 1));
		start();
		try (TestSession other = openSession()) {
			removeTimeLimits(this.session, other);
			other.apply(List.of(arrival("last")));
			CompletableFuture<PresenceReceipt> receipt = inBackground(() -> present("late"));
			awaitLockWait();
			other.commit();
			assertThat(receipt.get(60, TimeUnit.SECONDS).reason()).isEqualTo(PresenceReceipt.ROLL_FULL);
			assertThat(present("last").classId()).isEqualTo(CLASS_ID);
		}
	}

	@Test
	void theLimitOfOpenRollsHoldsOverTwoNodes() throws Exception {
		Teacher ana = new Teacher("ana", false);
		apply(LongStream.rangeClosed(1, 999)
			.mapToObj((id) -> new Change.Start(id, OptionsRequest.NOTHING, ana))
			.toArray(Change<?>[]::new));
		try (TestSession other = openSession()) {
			removeTimeLimits(this.session, other);
			other.apply(List.of(new Change.Start(1_000, OptionsRequest.NOTHING, ana)));
			Change.Start over = new Change.Start(1_001, OptionsRequest.NOTHING, ana);
			applyWhileLocked(over, other);
			assertRefused(() -> over.answer().join(), ProblemType.TOO_MANY_ROLLS);
		}
	}

	@Test
	void aLockedRollIsBusyAndTheSessionStaysUsable() throws Exception {
		start();
		try (Connection holder = dataSource().getConnection(); Statement statement = holder.createStatement()) {
			holder.setAutoCommit(false);
			statement.execute("SELECT 1 FROM roll FOR UPDATE");
			assertThatThrownBy(() -> this.session.apply(List.of(arrival("a"))))
				.isInstanceOfSatisfying(StoreException.class, (ex) -> assertThat(ex.kind()).isEqualTo(Kind.BUSY));
			holder.rollback();
		}
		this.session.rollback();
		assertThat(present("a").classId()).isEqualTo(CLASS_ID);
	}

	@Test
	void theWaitForLocksCanBeShortened() throws Exception {
		start();
		this.session.session().waitForLocks(true);
		assertThat(lockTimeout()).isEqualTo("100ms");
		this.session.session().waitForLocks(false);
		assertThat(lockTimeout()).isEqualTo("2s");
	}

	private String lockTimeout() throws Exception {
		try (Statement statement = this.session.connection().createStatement();
				var row = statement.executeQuery("SHOW lock_timeout")) {
			row.next();
			return row.getString(1);
		}
	}

	@Test
	void oneNodeErasesAtATime() throws Exception {
		start();
		end();
		pass(RETENTION);
		execute("BEGIN; SELECT pg_advisory_xact_lock(" + SharedStore.UPKEEP + ")");
		this.session.upkeepStep();
		assertThat(rolls()).isEqualTo("1");
		execute("COMMIT");
		upkeep();
		assertThat(rolls()).isEqualTo("0");
	}

	/**
	 * A node of version 3 uses the clock and would erase open rolls. It needs this lock
	 * for that.
	 */
	@Test
	void aNodeOfVersion3ErasesNothingBesideANewerNode() throws Exception {
		assertThat(ask("SELECT pg_try_advisory_xact_lock(1919904876)")).hasValue("f");
	}

	@Test
	void twoNodesCountTheSameTimeOnce() throws Exception {
		StartedRoll started = start();
		present("a");
		try (TestSession other = openSession()) {
			for (int i = 0; i < 24; i++) {
				this.session.upkeepStep();
				other.upkeepStep();
				this.clock.move(ABANDONED_AFTER.dividedBy(24).minusMillis(1));
				other.upkeepStep();
				this.session.upkeepStep();
			}
			assertThat(current().rollId()).isEqualTo(started.rollId());
			this.clock.move(Duration.ofSeconds(1));
			other.upkeepStep();
			assertThat(this.store.openRolls(Teacher.AT_THIS_MACHINE)).isEmpty();
		}
		assertThat(end().studentIds()).containsExactly("a");
	}

	@Test
	void twoNodesHandOverAnUnnamedSheetOnce() throws Exception {
		start();
		present("a");
		pass(ABANDONED_AFTER);
		upkeep();
		try (TestSession other = openSession()) {
			removeTimeLimits(this.session, other);
			other.apply(List.of(new Change.End(CLASS_ID, RollMatch.ANY, Teacher.AT_THIS_MACHINE)));
			Change.End second = new Change.End(CLASS_ID, RollMatch.ANY, Teacher.AT_THIS_MACHINE);
			applyWhileLocked(second, other);
			assertRefused(() -> second.answer().join(), ProblemType.NO_OPEN_ROLL);
		}
	}

	@Test
	void twoNodesDiscardASheetOnce() throws Exception {
		UUID rollId = start().rollId();
		end();
		try (TestSession other = openSession()) {
			removeTimeLimits(this.session, other);
			other.apply(List.of(new Change.Discard(CLASS_ID, rollId, Teacher.AT_THIS_MACHINE)));
			Change.Discard second = new Change.Discard(CLASS_ID, rollId, Teacher.AT_THIS_MACHINE);
			applyWhileLocked(second, other);
			assertRefused(() -> second.answer().join(), ProblemType.SHEET_NOT_KEPT);
		}
	}

	@Test
	void aBrokenConnectionIsReportedAsLost() throws Exception {
		start();
		execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rollcall-writer'"
				+ " AND datname = current_database()");
		assertThatThrownBy(() -> present("a")).isInstanceOfSatisfying(StoreException.class,
				(ex) -> assertThat(ex.kind()).isEqualTo(Kind.LOST));
	}

	/**
	 * PostgreSQL calls this function instead of its own clock_timestamp().
	 */
	private void setClock() throws Exception {
		execute("""
				CREATE SCHEMA IF NOT EXISTS test;
				CREATE TABLE IF NOT EXISTS test.clock AS SELECT 0::bigint AS micros;
				CREATE OR REPLACE FUNCTION test.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
				'SELECT timestamptz ''epoch'' + micros * interval ''1 microsecond'' FROM test.clock';
				DO $$ BEGIN EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET search_path = test, pg_catalog, public',
				current_database()); END $$""");
		this.clock.setTo((now) -> {
			try {
				execute("UPDATE test.clock SET micros = " + micros(now));
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private static long micros(Instant now) {
		return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
	}

	private TestSession openSession() throws StoreException {
		return new TestSession(this.database, DEFAULTS, this.clock::nanos);
	}

	private String rolls() throws Exception {
		return ask("SELECT count(*) FROM roll").orElseThrow();
	}

	/** Removes the time limits of the database, because the machine may be busy. */
	private static void removeTimeLimits(TestSession... sessions) throws Exception {
		for (TestSession session : sessions) {
			try (Statement statement = session.connection().createStatement()) {
				statement.execute("SET idle_in_transaction_session_timeout = 0; SET lock_timeout = 0;"
						+ " SET statement_timeout = 0");
			}
		}
	}

	/**
	 * Applies a change that waits for a lock of the other session, which then commits.
	 */
	private void applyWhileLocked(Change<?> change, TestSession other) throws Exception {
		CompletableFuture<Void> waiting = inBackground(() -> {
			apply(change);
			return null;
		});
		awaitLockWait();
		other.commit();
		waiting.get(60, TimeUnit.SECONDS);
	}

	private void awaitLockWait() throws Exception {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (ask("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
			.isEmpty()) {
			assertThat(System.nanoTime()).isLessThan(deadline);
		}
	}

	private Optional<String> ask(String question) throws Exception {
		try (Statement statement = this.listener.createStatement(); var row = statement.executeQuery(question)) {
			return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
		}
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.listener.createStatement()) {
			statement.execute(sql);
		}
	}

	private static <T> CompletableFuture<T> inBackground(Callable<T> action) {
		CompletableFuture<T> result = new CompletableFuture<>();
		new Thread(() -> {
			try {
				result.complete(action.call());
			}
			catch (Exception ex) {
				result.completeExceptionally(ex);
			}
		}).start();
		return result;
	}

}
