package rollcall.roll;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;

import javax.sql.DataSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What every store keeps to, whatever it is made of. A subclass opens and closes the
 * store that is meant.
 */
abstract class RollStoreContract {

	static final long CLASS_ID = 42;

	static final Duration RETENTION = Duration.ofMinutes(15);

	static final Duration ABANDONED_AFTER = Duration.ofHours(24);

	final MovableClock clock = new MovableClock();

	final RollMeters meters = new RollMeters(new SimpleMeterRegistry(), this.clock);

	RollStore store;

	WriteSession session;

	/** Opens the store on the data that the test has written so far. */
	abstract Database openStore(Duration closedSheetRetention) throws Exception;

	/** The opened store's, to read from. */
	abstract DataSource dataSource();

	/**
	 * What watchers are told of the session's last commit, in order.
	 */
	abstract List<RollEvent> published();

	abstract void closeStore() throws Exception;

	@BeforeEach
	void open() throws Exception {
		open(RETENTION);
	}

	@AfterEach
	void close() throws Exception {
		this.session.close();
		closeStore();
	}

	@Test
	void seqIsDenseOverBatchesAndRepeats() throws SQLException {
		start();
		apply(arrival("a"), arrival("b"), arrival("a"));
		apply(arrival("b"), arrival("c"));
		CurrentRoll roll = this.store.currentRoll(CLASS_ID, 0, Teacher.AT_THIS_MACHINE).orElseThrow();
		assertThat(roll.presences()).extracting(Presence::studentId).containsExactly("a", "b", "c");
		assertThat(roll.presences()).extracting(Presence::seq).containsExactly(1L, 2L, 3L);
		assertThat(roll.seq()).isEqualTo(3);
	}

	@Test
	void studentIsRecordedOnceAndGetsTheFirstAnswer() throws SQLException {
		start();
		PresenceReceipt first = present("a");
		this.clock.move(Duration.ofSeconds(5));
		assertThat(present("a")).isEqualTo(first);
		Change.Arrival one = arrival("b");
		Change.Arrival two = arrival("b");
		List<RollEvent> events = apply(one, two);
		assertThat(events).hasSize(1);
		assertThat(two.answer().join()).isEqualTo(one.answer().join());
		assertThat(end().studentIds()).containsExactly("a", "b");
	}

	@Test
	void timeInARollNeverFallsWhenTheClockIsTurnedBack() throws SQLException {
		StartedRoll started = start();
		this.clock.move(Duration.ofSeconds(10));
		PresenceReceipt first = present("a");
		this.clock.move(Duration.ofHours(-1));
		PresenceReceipt second = present("b");
		this.clock.move(Duration.ofHours(-1));
		Sheet sheet = end();
		assertThat(first.at()).isAfter(started.startedAt());
		assertThat(second.at()).isEqualTo(first.at());
		assertThat(sheet.endedAt()).isEqualTo(first.at());
	}

	@Test
	void timeInARollIsNotBeforeItsStart() throws SQLException {
		StartedRoll started = start();
		this.clock.move(Duration.ofHours(-1));
		assertThat(present("a").at()).isEqualTo(started.startedAt());
		assertThat(end().endedAt()).isEqualTo(started.startedAt());
	}

	@Test
	void answersAreEqualToWhatIsStored() throws SQLException {
		StartedRoll started = start();
		PresenceReceipt receipt = present("a");
		CurrentRoll roll = this.store.currentRoll(CLASS_ID, 0, Teacher.AT_THIS_MACHINE).orElseThrow();
		assertThat(roll.startedAt()).isEqualTo(started.startedAt());
		assertThat(roll.presences().get(0).at()).isEqualTo(receipt.at());
		assertThat(receipt.at().getNano() % 1_000_000).isZero();
	}

	@Test
	void openRollSurvivesARestartWithItsNumbers() throws Exception {
		StartedRoll started = start();
		PresenceReceipt first = present("a");
		reopen(RETENTION);
		CurrentRoll roll = this.store.currentRoll(CLASS_ID, 0, Teacher.AT_THIS_MACHINE).orElseThrow();
		assertThat(roll.rollId()).isEqualTo(started.rollId());
		assertThat(roll.topic()).isEqualTo(started.topic());
		assertThat(present("a")).isEqualTo(first);
		Change.Arrival next = arrival("b");
		assertThat(apply(next)).extracting(RollEvent::seq).containsExactly(2L);
	}

	@Test
	void whatIsNotCommittedIsNotThere() throws Exception {
		start();
		this.session.apply(List.of(arrival("a")));
		assertThat(this.store.currentRoll(CLASS_ID, 0, Teacher.AT_THIS_MACHINE).orElseThrow().presences()).isEmpty();
		reopen(RETENTION);
		assertThat(this.store.currentRoll(CLASS_ID, 0, Teacher.AT_THIS_MACHINE).orElseThrow().seq()).isZero();
		assertThat(apply(arrival("b"))).extracting(RollEvent::seq).containsExactly(1L);
	}

	@Test
	void batchIsDoneInItsOrder() throws SQLException {
		Change.Arrival early = arrival("early");
		Change.Start first = new Change.Start(CLASS_ID, Teacher.AT_THIS_MACHINE);
		Change.Arrival present = arrival("a");
		Change.End end = new Change.End(CLASS_ID, RollMatch.ANY, Teacher.AT_THIS_MACHINE);
		Change.Arrival late = arrival("late");
		Change.Start second = new Change.Start(CLASS_ID, Teacher.AT_THIS_MACHINE);
		Change.Start third = new Change.Start(CLASS_ID, Teacher.AT_THIS_MACHINE);
		Change.Arrival next = arrival("b");
		List<RollEvent> events = apply(early, first, present, end, late, second, third, next);
		assertThat(early.answer().join().classId()).isZero();
		assertThat(present.answer().join().classId()).isEqualTo(CLASS_ID);
		assertThat(end.answer().join().studentIds()).containsExactly("a");
		assertThat(late.answer().join().reason()).isEqualTo(PresenceReceipt.NO_OPEN_ROLL);
		assertThatThrownBy(() -> third.answer().join()).hasCauseInstanceOf(RollAlreadyOpenException.class);
		assertThat(events).extracting(RollEvent::type).containsExactly("presence", "ended", "presence");
		assertThat(events).extracting(RollEvent::rollId)
			.containsExactly(first.rollId(), first.rollId(), second.rollId());
		assertThat(this.store.currentRoll(CLASS_ID, 0, Teacher.AT_THIS_MACHINE).orElseThrow().presences())
			.extracting(Presence::studentId)
			.containsExactly("b");
	}

	@Test
	void largeBatchOverManyClassesIsNumberedPerRoll() throws SQLException {
		List<Change<?>> batch = new ArrayList<>();
		LongStream.rangeClosed(1, 20)
			.forEach((classId) -> batch.add(new Change.Start(classId, Teacher.AT_THIS_MACHINE)));
		for (int student = 0; student < 30; student++) {
			for (long classId = 1; classId <= 20; classId++) {
				batch.add(new Change.Arrival(classId, "s" + student));
			}
		}
		apply(batch.toArray(Change<?>[]::new));
		assertThat(this.store.openRolls(Teacher.AT_THIS_MACHINE)).hasSize(20).allSatisfy((roll) -> {
			assertThat(roll.present()).isEqualTo(30);
			assertThat(this.store.currentRoll(roll.classId(), 0, Teacher.AT_THIS_MACHINE).orElseThrow().presences())
				.extracting(Presence::seq)
				.containsExactlyElementsOf(LongStream.rangeClosed(1, 30).boxed().toList());
		});
	}

	@Test
	void endOfANamedRollLeavesAnotherOneOpen() throws SQLException {
		start();
		Change.End other = new Change.End(CLASS_ID, new RollMatch(false, List.of(UUID.randomUUID())),
				Teacher.AT_THIS_MACHINE);
		assertThat(apply(other)).isEmpty();
		assertThatThrownBy(() -> other.answer().join()).hasCauseInstanceOf(AnotherRollOpenException.class);
		assertThat(this.store.openRolls(Teacher.AT_THIS_MACHINE)).hasSize(1);
	}

	@Test
	void keptSheetIsGivenAgainAfterARestart() throws Exception {
		StartedRoll started = start();
		present("a");
		this.clock.move(Duration.ofSeconds(1));
		Sheet sheet = end();
		reopen(RETENTION);
		assertThat(end(started.rollId())).isEqualTo(sheet);
	}

	@Test
	void keptSheetIsErasedAfterItsRetention() throws SQLException {
		StartedRoll started = start();
		present("a");
		end();
		this.clock.move(RETENTION.minusMillis(1));
		assertThat(eraseExpired()).isEmpty();
		assertThat(end(started.rollId()).studentIds()).containsExactly("a");
		this.clock.move(Duration.ofMillis(1));
		assertThat(eraseExpired()).isEmpty();
		assertThatThrownBy(() -> end(started.rollId())).hasCauseInstanceOf(NoOpenRollException.class);
	}

	@Test
	void withoutRetentionNothingIsKept() throws Exception {
		reopen(Duration.ZERO);
		StartedRoll started = start();
		present("a");
		assertThat(end().studentIds()).containsExactly("a");
		assertThatThrownBy(() -> end(started.rollId())).hasCauseInstanceOf(NoOpenRollException.class);
	}

	@Test
	void abandonedRollIsErasedAndItsEndTold() throws SQLException {
		StartedRoll started = start();
		present("a");
		this.clock.move(ABANDONED_AFTER.minusMillis(1));
		assertThat(eraseExpired()).isEmpty();
		assertThat(this.store.openRolls(Teacher.AT_THIS_MACHINE)).hasSize(1);
		this.clock.move(Duration.ofMillis(1));
		assertThat(eraseExpired()).singleElement().satisfies((event) -> {
			assertThat(event.type()).isEqualTo(RollEvent.ENDED);
			assertThat(event.classId()).isEqualTo(CLASS_ID);
			assertThat(event.rollId()).isEqualTo(started.rollId());
			assertThat(event.seq()).isEqualTo(1);
			assertThat(event.studentId()).isNull();
		});
		assertThat(this.store.openRolls(Teacher.AT_THIS_MACHINE)).isEmpty();
		assertThat(present("b").classId()).isZero();
	}

	@Test
	void changeThatTheSchemaRefusesIsTold() throws SQLException {
		start();
		this.session.apply(List.of(arrival("x".repeat(65))));
		assertThatThrownBy(() -> this.session.commit()).isInstanceOfSatisfying(SQLException.class,
				(refusal) -> assertThat(this.session.failure(refusal)).isEqualTo(WriteSession.Failure.REFUSED));
	}

	void open(Duration closedSheetRetention) throws Exception {
		this.session = openStore(closedSheetRetention).openWriteSession();
		this.store = new RollStore(dataSource(), this.meters);
	}

	void reopen(Duration closedSheetRetention) throws Exception {
		close();
		open(closedSheetRetention);
	}

	List<RollEvent> apply(Change<?>... batch) throws SQLException {
		this.session.apply(List.of(batch));
		this.session.commit();
		List<RollEvent> events = published();
		for (Change<?> change : batch) {
			change.settle();
		}
		return events;
	}

	StartedRoll start() throws SQLException {
		Change.Start start = new Change.Start(CLASS_ID, Teacher.AT_THIS_MACHINE);
		apply(start);
		return start.answer().join();
	}

	PresenceReceipt present(String studentId) throws SQLException {
		Change.Arrival arrival = arrival(studentId);
		apply(arrival);
		return arrival.answer().join();
	}

	Sheet end() throws SQLException {
		Change.End end = new Change.End(CLASS_ID, RollMatch.ANY, Teacher.AT_THIS_MACHINE);
		apply(end);
		return end.answer().join();
	}

	/**
	 * Ends a named roll.
	 * @throws CompletionException if that was refused
	 */
	Sheet end(UUID rollId) throws SQLException {
		Change.End end = new Change.End(CLASS_ID, new RollMatch(false, List.of(rollId)), Teacher.AT_THIS_MACHINE);
		apply(end);
		return end.answer().join();
	}

	List<RollEvent> eraseExpired() throws SQLException {
		this.session.eraseExpired(RETENTION, ABANDONED_AFTER);
		return published();
	}

	static Change.Arrival arrival(String studentId) {
		return new Change.Arrival(CLASS_ID, studentId);
	}

}
