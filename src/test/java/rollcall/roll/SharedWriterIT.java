package rollcall.roll;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Await;
import rollcall.PostgresServer;
import rollcall.roll.postgres.SharedStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The writer on the shared store, while other sessions hold locks or fail its commits.
 */
@Tag("jvm")
class SharedWriterIT {

	private final PostgresServer.Database rolls = PostgresServer.shared().newDatabase();

	private final RollMeters meters = TestFeed.meters(new SimpleMeterRegistry());

	private final RollWriter writer = new RollWriter(SharedStore.database(this.rolls), StoreFixture.DEFAULTS,
			TestFeed.into(new LinkedBlockingQueue<>(), this.meters), this.meters, new RollCodes(), new StoreClock());

	@BeforeEach
	void start() {
		SharedStore.migrate(this.rolls);
		this.writer.start();
	}

	@AfterEach
	void stop() {
		this.writer.stop();
	}

	@Test
	void aLockedClassIsRefusedAndOthersAreNot() throws Exception {
		for (long classId = 1; classId <= 3; classId++) {
			this.writer.submit(new Change.Start(classId, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE)).join();
		}
		String session = session();
		try (Connection holder = this.rolls.connect(); Statement statement = holder.createStatement()) {
			holder.setAutoCommit(false);
			statement.execute("SELECT 1 FROM roll WHERE class_id = 2 FOR UPDATE");
			List<CompletableFuture<PresenceReceipt>> receipts = new ArrayList<>();
			for (int i = 0; i < 30; i++) {
				receipts.add(this.writer.submit(new Change.Arrival(1 + i % 3, "s" + i, SentCode.NONE)));
			}
			for (int i = 0; i < 30; i++) {
				CompletableFuture<PresenceReceipt> receipt = receipts.get(i);
				if (i % 3 == 1) {
					assertThatThrownBy(() -> receipt.get(60, TimeUnit.SECONDS))
						.hasCauseInstanceOf(StoreUnavailableException.class);
				}
				else {
					assertThat(receipt.get(60, TimeUnit.SECONDS).classId()).isEqualTo(1 + i % 3);
				}
			}
			Await.until("the batch is over", this.writer::isWriting);
			assertThat(session()).as("the session of the writer").isEqualTo(session);
			holder.rollback();
		}
		assertThat(this.writer.submit(new Change.Arrival(2, "s1", SentCode.NONE)).get(60, TimeUnit.SECONDS).classId())
			.isEqualTo(2);
	}

	/**
	 * A trigger raises the error that PostgreSQL reports to the victim of a deadlock. It
	 * is on the presences, because the upkeep of the writer updates the rolls meanwhile.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "deadlock_detected", "serialization_failure" })
	void theChangeOfADeadlockVictimIsWritten(String condition) throws Exception {
		this.writer.submit(new Change.Start(1, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE)).join();
		this.rolls.query("""
				CREATE SEQUENCE attempt;
				CREATE FUNCTION choose() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
				IF nextval('attempt') < 4 THEN RAISE EXCEPTION 'chosen' USING ERRCODE = '%s'; END IF;
				RETURN NULL; END $$;
				CREATE TRIGGER choose AFTER INSERT ON presence FOR EACH ROW EXECUTE FUNCTION choose()"""
			.formatted(condition));
		assertThat(this.writer.submit(new Change.Arrival(1, "a", SentCode.NONE)).get(60, TimeUnit.SECONDS).classId())
			.isEqualTo(1);
		assertThat(this.rolls.query("SELECT last_value FROM attempt")).isEqualTo("4");
		assertThat(this.rolls.query("SELECT seq, student_id FROM presence")).isEqualTo("1|a");
	}

	/** The writer does no upkeep meanwhile, because its commit would wait too. */
	@Test
	void aCommitWithoutItsStandbyIsNotAcknowledged() throws Exception {
		this.writer.submit(new Change.Start(1, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE)).join();
		try (Connection otherUpkeep = this.rolls.connect(); Statement upkeep = otherUpkeep.createStatement()) {
			upkeep.execute("SELECT pg_advisory_lock(" + SharedStore.UPKEEP + ")");
			loseTheStandby();
		}
	}

	private void loseTheStandby() throws Exception {
		this.rolls.query("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
		this.rolls.query("SELECT pg_reload_conf()");
		int students = 0;
		CompletableFuture<PresenceReceipt> receipt = new CompletableFuture<>();
		try {
			// The server applies its new setting after a moment; until then commits do
			// not wait.
			while (!isStandbyAwaited()) {
				students++;
				receipt = this.writer.submit(new Change.Arrival(1, "s" + students, SentCode.NONE));
				awaitAnswerOrStandby(receipt);
			}
			cancelTheWaitForTheStandby();
			CompletableFuture<PresenceReceipt> waiting = receipt;
			assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
				.hasCauseInstanceOf(StoreUnavailableException.class);
			assertThat(this.rolls.query("SELECT count(*) FROM presence")).isEqualTo(String.valueOf(students));
			// The store stays unavailable: the writer tries once a second, and each
			// attempt fails.
			cancelTheWaitForTheStandby();
			cancelTheWaitForTheStandby();
			assertThat(this.writer.isWriting()).isFalse();
		}
		finally {
			this.rolls.query("ALTER SYSTEM RESET synchronous_standby_names");
			this.rolls.query("SELECT pg_reload_conf()");
		}
		awaitRecorded("s" + students);
		assertThat(this.rolls.query("SELECT count(*) FROM presence")).isEqualTo(String.valueOf(students));
	}

	private void awaitAnswerOrStandby(CompletableFuture<PresenceReceipt> receipt) {
		Await.until("it is answered or waits for the standby", () -> receipt.isDone() || isStandbyAwaited());
	}

	private boolean isStandbyAwaited() {
		return !standbyAwaited("1").isEmpty();
	}

	private void cancelTheWaitForTheStandby() {
		Await.until("a commit waits for the standby", () -> !standbyAwaited("pg_cancel_backend(pid)").isEmpty());
		Await.until("it no longer waits", () -> !isStandbyAwaited());
	}

	/** Evaluates an expression for each session that waits for the standby. */
	private String standbyAwaited(String expression) {
		return this.rolls.query("SELECT " + expression
				+ " FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND datname = current_database()");
	}

	@Test
	void aTerminatedSessionIsReplaced() throws Exception {
		this.writer.submit(new Change.Start(1, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE)).join();
		this.rolls.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
				+ " WHERE application_name = 'rollcall-writer' AND datname = current_database()");
		awaitRecorded("a");
	}

	/** The database session in which the writer writes. */
	private String session() {
		return this.rolls.query("SELECT pid FROM pg_stat_activity"
				+ " WHERE application_name = 'rollcall-writer' AND datname = current_database()");
	}

	private void awaitRecorded(String studentId) {
		Await.until("the loss is noticed and repaired", () -> {
			try {
				return this.writer.submit(new Change.Arrival(1, studentId, SentCode.NONE))
					.get(60, TimeUnit.SECONDS)
					.classId() == 1;
			}
			catch (Exception ex) {
				return false;
			}
		});
	}

}
