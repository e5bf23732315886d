package rollcall.roll;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;
import rollcall.problem.ProblemType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of waiting sheets, which every store must pass.
 */
abstract class WaitingSheetsContract extends BoundsContract {

	private static final Duration MOMENT = Duration.ofSeconds(1);

	private static final Teacher ANA = new Teacher("ana", false);

	private static final Teacher BEN = new Teacher("ben", false);

	@Test
	void anAbandonedRollEndsAndItsSheetWaits() throws Exception {
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
	void aWaitingSheetIsErasedAfterItsAnnouncedTime() throws Exception {
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
	void aWaitingSheetIsKeptAsAnyOtherAfterItsHandOver() throws Exception {
		StartedRoll started = abandoned("a");
		this.clock.move(WAITING_RETENTION.minus(MOMENT));
		Sheet sheet = end();
		pass(RETENTION.minusMillis(1));
		upkeep();
		assertThat(end(started.rollId())).isEqualTo(sheet);
		assertRefused(this::end, ProblemType.NO_OPEN_ROLL);
		assertThat(kept()).singleElement().satisfies((kept) -> assertThat(kept.taken()).isTrue());
		this.clock.move(Duration.ofMillis(1));
		upkeep();
		assertNothingIsLeft(started);
	}

	@Test
	void aNamedWaitingSheetIsHandedOver() throws Exception {
		StartedRoll started = abandoned("a");
		assertThat(end(started.rollId()).studentIds()).containsExactly("a");
		assertRefused(this::end, ProblemType.NO_OPEN_ROLL);
	}

	@Test
	void withoutRetentionAWaitingSheetIsHandedOverOnce() throws Exception {
		reopen(properties(Duration.ZERO, 10_000));
		StartedRoll started = abandoned("a");
		assertThat(end(started.rollId()).studentIds()).containsExactly("a");
		assertRefused(() -> end(started.rollId()), ProblemType.NO_OPEN_ROLL);
		upkeep();
		assertNothingIsLeft(started);
	}

	@Test
	void anEndPrefersTheOpenRollThenTheOldestWaitingSheet() throws Exception {
		abandoned("a");
		abandoned("b");
		start();
		present("c");
		assertThat(end().studentIds()).containsExactly("c");
		assertThat(end().studentIds()).containsExactly("a");
		assertThat(end().studentIds()).containsExactly("b");
		assertRefused(this::end, ProblemType.NO_OPEN_ROLL);
	}

	@Test
	void readingASheetChangesNothing() throws Exception {
		StartedRoll started = abandoned("a");
		List<KeptSheet> before = kept();
		Sheet read = this.sheets.sheet(started.rollId(), Teacher.AT_THIS_MACHINE);
		upkeep();
		assertThat(kept()).isEqualTo(before);
		assertThat(end()).isEqualTo(read);
	}

	@Test
	void waitingSheetsAreListedFirst() throws Exception {
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
	void aSheetIsOnlyForItsTeacherAndAdmins() throws Exception {
		Change.Start start = new Change.Start(CLASS_ID, OptionsRequest.NOTHING, ANA);
		apply(start, arrival("a"));
		UUID rollId = start.rollId();
		pass(ABANDONED_AFTER);
		upkeep();
		assertThat(this.sheets.sheets(BEN)).isEmpty();
		assertRefused(() -> this.sheets.sheet(rollId, BEN), ProblemType.NOT_YOUR_ROLL);
		Change.End foreign = new Change.End(CLASS_ID, RollMatch.ANY, BEN);
		Change.End foreignNamed = new Change.End(CLASS_ID, new RollMatch(false, List.of(rollId)), BEN);
		Change.Discard foreignDiscard = new Change.Discard(CLASS_ID, rollId, BEN);
		apply(foreign, foreignNamed, foreignDiscard);
		assertRefused(() -> foreign.answer().join(), ProblemType.NO_OPEN_ROLL);
		assertRefused(() -> foreignNamed.answer().join(), ProblemType.NO_OPEN_ROLL);
		assertRefused(() -> foreignDiscard.answer().join(), ProblemType.SHEET_NOT_KEPT);
		assertThat(this.sheets.sheets(ANA)).extracting(KeptSheet::taken).containsExactly(false);
		assertThat(this.sheets.sheet(rollId, new Teacher("root", true)).studentIds()).containsExactly("a");
		Change.End own = new Change.End(CLASS_ID, RollMatch.ANY, ANA);
		apply(own);
		assertThat(own.answer().join().studentIds()).containsExactly("a");
	}

	@Test
	void discardedSheetIsErasedAtOnce() throws Exception {
		StartedRoll waiting = abandoned("a");
		discard(waiting.rollId());
		assertRefused(() -> discard(waiting.rollId()), ProblemType.SHEET_NOT_KEPT);
		upkeep();
		assertNothingIsLeft(waiting);
		StartedRoll open = start();
		assertRefused(() -> discard(open.rollId()), ProblemType.SHEET_NOT_KEPT);
		assertThat(current().rollId()).isEqualTo(open.rollId());
	}

	private StartedRoll abandoned(String studentId) throws Exception {
		StartedRoll started = start();
		present(studentId);
		pass(ABANDONED_AFTER);
		upkeep();
		return started;
	}

	final List<KeptSheet> kept() {
		return this.sheets.sheets(Teacher.AT_THIS_MACHINE);
	}

	private void discard(UUID rollId) throws Exception {
		Change.Discard discard = new Change.Discard(CLASS_ID, rollId, Teacher.AT_THIS_MACHINE);
		apply(discard);
		discard.answer().join();
	}

	final void assertNothingIsLeft(StartedRoll roll) throws Exception {
		assertThat(kept()).isEmpty();
		assertThat(presences()).isZero();
		assertRefused(() -> this.sheets.sheet(roll.rollId(), Teacher.AT_THIS_MACHINE), ProblemType.SHEET_NOT_KEPT);
		assertRefused(() -> end(roll.rollId()), ProblemType.NO_OPEN_ROLL);
	}

	private long nanosBelowMillis() {
		return this.clock.instant().getNano() % 1_000_000;
	}

}
