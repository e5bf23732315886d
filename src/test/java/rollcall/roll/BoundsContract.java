package rollcall.roll;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import rollcall.problem.ProblemType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of limits and erasing, which every store must pass.
 */
abstract class BoundsContract extends CodesContract {

	@Test
	void aFullRollRefusesNewStudentsAndAnswersRecordedOnes() throws Exception {
		reopen(properties(RETENTION, 3));
		StartedRoll started = start();
		PresenceReceipt first = present("a");
		assertThat(current().full()).isNull();
		Change.Arrival last = arrival("c");
		Change.Arrival over = arrival("d");
		Change.Arrival repeated = arrival("c");
		List<RollEvent> events = apply(arrival("b"), last, over, repeated);
		assertThat(events).extracting(RollEvent::studentId).containsExactly("b", "c");
		assertThat(over.answer().join())
			.isEqualTo(PresenceReceipt.refused("d", last.answer().join().at(), PresenceReceipt.ROLL_FULL));
		assertThat(repeated.answer().join()).isEqualTo(last.answer().join());
		assertThat(present("a")).isEqualTo(first);
		assertThat(present("e").reason()).isEqualTo(PresenceReceipt.ROLL_FULL);
		assertThat(current().full()).isTrue();
		assertThat(current().seq()).isEqualTo(3);
		assertThat(end(started.rollId()).studentIds()).containsExactly("a", "b", "c");
		start();
		assertThat(present("d").classId()).isEqualTo(CLASS_ID);
	}

	@Test
	void teacherHasAThousandOpenRollsAndNoMore() throws Exception {
		Teacher ana = new Teacher("ana", false);
		List<Change<?>> starts = new ArrayList<>();
		for (long classId = 1; classId <= 999; classId++) {
			starts.add(new Change.Start(classId, OptionsRequest.NOTHING, ana));
		}
		apply(starts.toArray(Change<?>[]::new));
		Change.Start last = new Change.Start(1_000, OptionsRequest.NOTHING, ana);
		Change.Start over = new Change.Start(1_001, OptionsRequest.NOTHING, ana);
		Change.Start ofAnother = new Change.Start(1_001, OptionsRequest.NOTHING, new Teacher("ben", false));
		Change.Start withoutName = new Change.Start(1_002, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE);
		apply(last, over, ofAnother, withoutName);
		assertThat(last.answer().join().classId()).isEqualTo(1_000);
		assertTooManyRolls(over);
		assertThat(ofAnother.answer().join().classId()).isEqualTo(1_001);
		assertThat(withoutName.answer().join().classId()).isEqualTo(1_002);
		Change.Start open = new Change.Start(1, OptionsRequest.NOTHING, ana);
		apply(open);
		assertRefused(() -> open.answer().join(), ProblemType.ROLL_ALREADY_OPEN);
		Change.Start next = new Change.Start(2_000, OptionsRequest.NOTHING, ana);
		apply(new Change.End(1, RollMatch.ANY, ana), next);
		assertThat(next.answer().join().classId()).isEqualTo(2_000);
		Change.Start again = new Change.Start(1, OptionsRequest.NOTHING, ana);
		apply(again);
		assertTooManyRolls(again);
		assertThat(this.store.openRolls(ana)).hasSize(1_000);
	}

	@Test
	void protectedModeCountsAsOneTeacher() throws Exception {
		List<Change<?>> starts = new ArrayList<>();
		for (long classId = 1; classId <= 1_001; classId++) {
			starts.add(new Change.Start(classId, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE));
		}
		apply(starts.toArray(Change<?>[]::new));
		assertTooManyRolls((Change.Start) starts.get(1_000));
		assertThat(this.store.openRolls(Teacher.AT_THIS_MACHINE)).hasSize(1_000);
	}

	private static void assertTooManyRolls(Change.Start start) {
		assertRefused(() -> start.answer().join(), ProblemType.TOO_MANY_ROLLS);
	}

	@Test
	void largeRollIsErasedInSteps() throws Exception {
		StartedRoll started = start();
		int students = 3 * Eraser.MAX_PRESENCES - 1;
		apply(IntStream.range(0, students).mapToObj((i) -> arrival("s" + i)).toArray(Change<?>[]::new));
		end();
		pass(RETENTION);
		int steps = 0;
		while (this.session.upkeepStep()) {
			steps++;
			assertRefused(() -> end(started.rollId()), ProblemType.NO_OPEN_ROLL);
			assertThat(presences()).isEqualTo(Math.max(0, students - steps * Eraser.MAX_PRESENCES));
		}
		assertThat(steps).isEqualTo(3);
	}

	@Test
	void aNewRollDoesNotSeeARollThatIsBeingErased() throws Exception {
		start();
		apply(IntStream.range(0, 2 * Eraser.MAX_PRESENCES).mapToObj((i) -> arrival("s" + i)).toArray(Change<?>[]::new));
		end();
		pass(RETENTION);
		assertThat(this.session.upkeepStep()).isTrue();
		reopen(DEFAULTS);
		start();
		assertThat(present("s" + (2 * Eraser.MAX_PRESENCES - 1)).classId()).isEqualTo(CLASS_ID);
		upkeep();
		assertThat(current().presences()).hasSize(1);
		assertThat(presences()).isEqualTo(1);
	}

	@Test
	void manySmallRollsAreErasedInFewSteps() throws Exception {
		List<Change<?>> changes = new ArrayList<>();
		for (long classId = 1; classId <= 2 * Eraser.MAX_ROLLS; classId++) {
			changes.add(new Change.Start(classId, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE));
			changes.add(new Change.Arrival(classId, "a", SentCode.NONE));
			changes.add(new Change.End(classId, RollMatch.ANY, Teacher.AT_THIS_MACHINE));
		}
		apply(changes.toArray(Change<?>[]::new));
		pass(RETENTION);
		int steps = 0;
		while (this.session.upkeepStep()) {
			steps++;
		}
		assertThat(steps).isEqualTo(2);
		assertThat(presences()).isZero();
	}

	@Test
	void keptSheetIsErasedAfterItsRetention() throws Exception {
		StartedRoll started = start();
		present("a");
		end();
		pass(RETENTION.minusMillis(1));
		assertThat(upkeep()).isEmpty();
		assertThat(end(started.rollId()).studentIds()).containsExactly("a");
		this.clock.move(Duration.ofMillis(1));
		assertThat(upkeep()).isEmpty();
		assertRefused(() -> end(started.rollId()), ProblemType.NO_OPEN_ROLL);
	}

	@Test
	void withoutRetentionNothingIsKept() throws Exception {
		reopen(properties(Duration.ZERO, 10_000));
		StartedRoll started = start();
		present("a");
		assertThat(end().studentIds()).containsExactly("a");
		assertRefused(() -> end(started.rollId()), ProblemType.NO_OPEN_ROLL);
	}

}
