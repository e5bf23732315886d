package rollcall.roll;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What every store keeps to about sheets that wait and about clocks that jump.
 */
abstract class WaitingSheetsContract extends BoundsContract {

	private static final Duration MOMENT = Duration.ofSeconds(1);

	private static final Teacher ANA = new Teacher("ana", false);

	private static final Teacher BEN = new Teacher("ben", false);

	@Test
	void rollThatNobodyEndsEndsByItselfAndItsSheetWaits() throws SQLException {
		StartedRoll started = start();
		present("a");
		pass(ABANDONED_AFTER.minusMillis(1));
		assertThat(upkeep()).isEmpty();
		assertThat(current().seq()).isEqualTo(1);
		this.clock.move(Duration.ofMillis(1));
		assertThat(upkeep()).singleElement().satisfies((event) -> {
			assertThat(event.type()).isEqualTo(RollEvent.ENDED);
			assertThat(event.classId()).isEqualTo(CLASS_ID);
			assertThat(event.rollId()).isEqualTo(started.rollId());
			assertThat(event.seq()).isEqualTo(1);
			assertThat(event.studentId()).isNull();
		});
		assertThat(this.store.openRolls(Teacher.AT_THIS_MACHINE)).isEmpty();
		assertThat(present("b").classId()).isZero();
		assertThat(this.sheets.sheet(started.rollId(), Teacher.AT_THIS_MACHINE).studentIds()).containsExactly("a");
		assertThat(end().studentIds()).containsExactly("a");
	}

	@Test
	void waitingSheetIsErasedWhenItsAnnouncedTimeIsOver() throws SQLException {
		StartedRoll started = abandoned("a");
		Instant keptUntil = kept().get(0).keptUntil();
		assertThat(keptUntil).isEqualTo(this.clock.instant().plus(WAITING_RETENTION).minusNanos(nanosBelowMillis()));
		this.clock.move(WAITING_RETENTION.minusMillis(1));
		upkeep();
		assertThat(this.sheets.sheet(started.rollId(), Teacher.AT_THIS_MACHINE).studentIds()).containsExactly("a");
		this.clock.move(Duration.ofMillis(1));
		upkeep();
		assertNothingIsLeft(started);
	}

	@Test
	void waitingSheetIsKeptLikeAnyOtherFromItsHandOverOn() throws SQLException {
		StartedRoll started = abandoned("a");
		this.clock.move(WAITING_RETENTION.minus(MOMENT));
		Sheet sheet = end();
		pass(RETENTION.minusMillis(1));
		upkeep();
		assertThat(end(started.rollId())).isEqualTo(sheet);
		assertThatThrownBy(this::end).hasCauseInstanceOf(NoOpenRollException.class);
		assertThat(kept()).singleElement().satisfies((kept) -> assertThat(kept.taken()).isTrue());
		this.clock.move(Duration.ofMillis(1));
		upkeep();
		assertNothingIsLeft(started);
	}

	@Test
	void namedWaitingSheetIsHandedOverToo() throws SQLException {
		StartedRoll started = abandoned("a");
		assertThat(end(started.rollId()).studentIds()).containsExactly("a");
		assertThatThrownBy(this::end).hasCauseInstanceOf(NoOpenRollException.class);
	}

	@Test
	void withoutRetentionAWaitingSheetIsHandedOverOnce() throws Exception {
		reopen(properties(Duration.ZERO, 10_000));
		StartedRoll started = abandoned("a");
		assertThat(end(started.rollId()).studentIds()).containsExactly("a");
		assertThatThrownBy(() -> end(started.rollId())).hasCauseInstanceOf(NoOpenRollException.class);
		upkeep();
		assertNothingIsLeft(started);
	}

	@Test
	void openRollIsEndedBeforeAWaitingSheetIsHandedOverAndTheOldestComesFirst() throws SQLException {
		abandoned("a");
		abandoned("b");
		start();
		present("c");
		assertThat(end().studentIds()).containsExactly("c");
		assertThat(end().studentIds()).containsExactly("a");
		assertThat(end().studentIds()).containsExactly("b");
		assertThatThrownBy(this::end).hasCauseInstanceOf(NoOpenRollException.class);
	}

	@Test
	void readingASheetChangesNothing() throws SQLException {
		StartedRoll started = abandoned("a");
		List<KeptSheet> before = kept();
		Sheet read = this.sheets.sheet(started.rollId(), Teacher.AT_THIS_MACHINE);
		upkeep();
		assertThat(kept()).isEqualTo(before);
		assertThat(end()).isEqualTo(read);
	}

	@Test
	void waitingSheetsAreListedFirst() throws SQLException {
		start();
		present("a");
		end();
		StartedRoll waiting = abandoned("b");
		start();
		present("c");
		UUID last = end().rollId();
		assertThat(kept()).extracting(KeptSheet::taken).containsExactly(false, true);
		assertThat(kept()).extracting(KeptSheet::rollId).containsExactly(waiting.rollId(), last);
		assertThat(kept()).extracting(KeptSheet::present).containsExactly(1L, 1L);
		assertThat(kept().get(1).keptUntil()).isEqualTo(kept().get(1).endedAt().plus(RETENTION));
	}

	@Test
	void sheetIsItsTeachersAndTheAdminsOnly() throws SQLException {
		Change.Start start = new Change.Start(CLASS_ID, ANA);
		apply(start, arrival("a"));
		UUID rollId = start.rollId();
		pass(ABANDONED_AFTER);
		upkeep();
		assertThat(this.sheets.sheets(BEN)).isEmpty();
		assertThatThrownBy(() -> this.sheets.sheet(rollId, BEN)).isInstanceOf(NotYourRollException.class);
		Change.End foreign = new Change.End(CLASS_ID, RollMatch.ANY, BEN);
		Change.End foreignNamed = new Change.End(CLASS_ID, new RollMatch(false, List.of(rollId)), BEN);
		Change.Discard foreignDiscard = new Change.Discard(CLASS_ID, rollId, BEN);
		apply(foreign, foreignNamed, foreignDiscard);
		assertThatThrownBy(() -> foreign.answer().join()).hasCauseInstanceOf(NoOpenRollException.class);
		assertThatThrownBy(() -> foreignNamed.answer().join()).hasCauseInstanceOf(NoOpenRollException.class);
		assertThatThrownBy(() -> foreignDiscard.answer().join()).hasCauseInstanceOf(SheetNotKeptException.class);
		assertThat(this.sheets.sheets(ANA)).extracting(KeptSheet::taken).containsExactly(false);
		assertThat(this.sheets.sheet(rollId, new Teacher("root", true)).studentIds()).containsExactly("a");
		Change.End own = new Change.End(CLASS_ID, RollMatch.ANY, ANA);
		apply(own);
		assertThat(own.answer().join().studentIds()).containsExactly("a");
	}

	@Test
	void discardedSheetIsErasedAtOnce() throws SQLException {
		StartedRoll waiting = abandoned("a");
		discard(waiting.rollId());
		assertThatThrownBy(() -> discard(waiting.rollId())).hasCauseInstanceOf(SheetNotKeptException.class);
		upkeep();
		assertNothingIsLeft(waiting);
		StartedRoll open = start();
		assertThatThrownBy(() -> discard(open.rollId())).hasCauseInstanceOf(SheetNotKeptException.class);
		assertThat(current().rollId()).isEqualTo(open.rollId());
	}

	@ParameterizedTest
	@ValueSource(longs = { 2, -2, 18_263, -18_263 })
	void clockThatJumpsLosesNoListAndKeepsNoneForEver(long days) throws Exception {
		Duration jump = Duration.ofDays(days);
		StartedRoll taken = start();
		present("taken");
		Sheet sheet = end();
		StartedRoll waiting = waitingBeside("waiting", 43);
		StartedRoll open = start();
		PresenceReceipt first = present("open");
		for (int i = 0; i < 3; i++) {
			this.clock.jump(jump);
			pass(MOMENT);
			reopenAfter(jump.negated());
			pass(MOMENT);
			reopenAfter(jump);
			pass(MOMENT);
			this.clock.jump(jump.negated());
			pass(MOMENT);
		}
		this.clock.jump(jump);
		upkeep();
		assertThat(end(taken.rollId())).isEqualTo(sheet);
		assertThat(this.sheets.sheet(waiting.rollId(), Teacher.AT_THIS_MACHINE).studentIds())
			.containsExactly("waiting");
		Sheet last = end();
		assertThat(last.rollId()).isEqualTo(open.rollId());
		assertThat(last.studentIds()).containsExactly("open");
		assertThat(last.presences().get(0).at()).isEqualTo(first.at());
		assertThat(last.endedAt()).isAfterOrEqualTo(first.at());
		pass(WAITING_RETENTION);
		upkeep();
		assertThat(kept()).isEmpty();
		assertThat(presences()).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { 2, -2, 18_263, -18_263 })
	void clockThatJumpsAllTheTimeKeepsNoListForEver(long days) throws SQLException {
		StartedRoll started = start();
		present("a");
		int steps = 100;
		for (int i = 0; i <= steps; i++) {
			upkeep();
			this.clock.move(ABANDONED_AFTER.dividedBy(steps));
			this.clock.jump(Duration.ofDays((i % 2 == 0) ? days : -days));
		}
		assertThat(kept()).singleElement().satisfies((sheet) -> assertThat(sheet.taken()).isFalse());
		for (int i = 0; i <= steps; i++) {
			upkeep();
			this.clock.move(WAITING_RETENTION.dividedBy(steps));
			this.clock.jump(Duration.ofDays((i % 2 == 0) ? days : -days));
		}
		upkeep();
		assertNothingIsLeft(started);
	}

	@Test
	void timeWithoutAServerEndsOpenRollsAndErasesNoSheet() throws Exception {
		StartedRoll waiting = waitingBeside("waiting", 43);
		start();
		present("open");
		upkeep();
		reopenAfter(Duration.ofDays(18_263));
		assertThat(upkeep()).extracting(RollEvent::classId).containsExactly(CLASS_ID);
		assertThat(end().studentIds()).containsExactly("open");
		assertThat(this.sheets.sheet(waiting.rollId(), Teacher.AT_THIS_MACHINE).studentIds())
			.containsExactly("waiting");
	}

	@Test
	void storedTimesOfTheClockDoNotCount() throws SQLException {
		StartedRoll waiting = waitingBeside("waiting", 43);
		start();
		present("open");
		upkeep();
		for (String change : List.of("- 1577923200000", "+ 3155846400000")) {
			sql("UPDATE roll SET started_at = started_at " + change + ", last_at = last_at " + change
					+ ", ended_at = ended_at " + change);
			upkeep();
			assertThat(current().seq()).isEqualTo(1);
			assertThat(this.sheets.sheet(waiting.rollId(), Teacher.AT_THIS_MACHINE).studentIds())
				.containsExactly("waiting");
		}
		pass(ABANDONED_AFTER);
		upkeep();
		assertThat(kept()).hasSize(2);
		pass(WAITING_RETENTION);
		upkeep();
		assertNothingIsLeft(waiting);
	}

	@Test
	void endByItselfIsNotBeforeTheLastPresence() throws SQLException {
		start();
		Instant last = present("a").at();
		pass(ABANDONED_AFTER);
		this.clock.jump(Duration.ofDays(-18_263));
		assertThat(upkeep()).extracting(RollEvent::at).containsExactly(last);
		assertThat(end().endedAt()).isEqualTo(last);
	}

	private StartedRoll abandoned(String studentId) throws SQLException {
		StartedRoll started = start();
		present(studentId);
		pass(ABANDONED_AFTER);
		upkeep();
		return started;
	}

	/** A sheet that waits, of another class. */
	private StartedRoll waitingBeside(String studentId, long classId) throws SQLException {
		Change.Start start = new Change.Start(classId, Teacher.AT_THIS_MACHINE);
		apply(start, new Change.Arrival(classId, studentId));
		upkeep();
		sql("UPDATE roll SET due = 0 WHERE class_id = " + classId);
		assertThat(upkeep()).hasSize(1);
		return start.answer().join();
	}

	private List<KeptSheet> kept() {
		return this.sheets.sheets(Teacher.AT_THIS_MACHINE);
	}

	private void discard(UUID rollId) throws SQLException, CompletionException {
		Change.Discard discard = new Change.Discard(CLASS_ID, rollId, Teacher.AT_THIS_MACHINE);
		apply(discard);
		discard.answer().join();
	}

	private void assertNothingIsLeft(StartedRoll roll) throws SQLException {
		assertThat(kept()).isEmpty();
		assertThat(presences()).isZero();
		assertThatThrownBy(() -> this.sheets.sheet(roll.rollId(), Teacher.AT_THIS_MACHINE))
			.isInstanceOf(SheetNotKeptException.class);
		assertThatThrownBy(() -> end(roll.rollId())).hasCauseInstanceOf(NoOpenRollException.class);
	}

	private long nanosBelowMillis() {
		return this.clock.instant().getNano() % 1_000_000;
	}

	private void sql(String sql) throws SQLException {
		try (Connection connection = dataSource().getConnection(); Statement statement = connection.createStatement()) {
			statement.executeUpdate(sql);
		}
	}

}
