package rollcall.roll;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import rollcall.problem.ProblemType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests that every store must pass.
 */
abstract class RollStoreContract extends StoreFixture {

	@Test
	void seqIsDenseOverBatchesAndRepeats() throws Exception {
		start();
		apply(arrival("a"), arrival("b"), arrival("a"));
		apply(arrival("b"), arrival("c"));
		CurrentRoll roll = this.store.currentRoll(CLASS_ID, 0, Teacher.AT_THIS_MACHINE).orElseThrow();
		assertThat(roll.presences()).extracting(Presence::studentId).containsExactly("a", "b", "c");
		assertThat(roll.presences()).extracting(Presence::seq).containsExactly(1L, 2L, 3L);
		assertThat(roll.seq()).isEqualTo(3);
	}

	@Test
	void studentIsRecordedOnceAndGetsTheFirstAnswer() throws Exception {
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
	void timeInARollNeverFallsWhenTheClockIsTurnedBack() throws Exception {
		StartedRoll started = start();
		this.clock.move(Duration.ofSeconds(10));
		PresenceReceipt first = present("a");
		this.clock.jump(Duration.ofHours(-1));
		PresenceReceipt second = present("b");
		this.clock.jump(Duration.ofHours(-1));
		Sheet sheet = end();
		assertThat(first.at()).isAfter(started.startedAt());
		assertThat(second.at()).isEqualTo(first.at());
		assertThat(sheet.endedAt()).isEqualTo(first.at());
	}

	@Test
	void timeInARollIsNotBeforeItsStart() throws Exception {
		StartedRoll started = start();
		this.clock.jump(Duration.ofHours(-1));
		assertThat(present("a").at()).isEqualTo(started.startedAt());
		assertThat(end().endedAt()).isEqualTo(started.startedAt());
	}

	@Test
	void answersAreEqualToWhatIsStored() throws Exception {
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
		reopen(DEFAULTS);
		CurrentRoll roll = this.store.currentRoll(CLASS_ID, 0, Teacher.AT_THIS_MACHINE).orElseThrow();
		assertThat(roll.rollId()).isEqualTo(started.rollId());
		assertThat(roll.topic()).isEqualTo(started.topic());
		assertThat(present("a")).isEqualTo(first);
		Change.Arrival next = arrival("b");
		assertThat(apply(next)).extracting(RollEvent::seq).containsExactly(2L);
	}

	@Test
	void uncommittedChangesAreNotVisible() throws Exception {
		start();
		this.session.apply(List.of(arrival("a")));
		assertThat(this.store.currentRoll(CLASS_ID, 0, Teacher.AT_THIS_MACHINE).orElseThrow().presences()).isEmpty();
		reopen(DEFAULTS);
		assertThat(this.store.currentRoll(CLASS_ID, 0, Teacher.AT_THIS_MACHINE).orElseThrow().seq()).isZero();
		assertThat(apply(arrival("b"))).extracting(RollEvent::seq).containsExactly(1L);
	}

	@Test
	void changesOfABatchAreDecidedInOrder() throws Exception {
		Change.Arrival early = arrival("early");
		Change.Start first = new Change.Start(CLASS_ID, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE);
		Change.Arrival present = arrival("a");
		Change.End end = new Change.End(CLASS_ID, RollMatch.ANY, Teacher.AT_THIS_MACHINE);
		Change.Arrival late = arrival("late");
		Change.Start second = new Change.Start(CLASS_ID, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE);
		Change.Start third = new Change.Start(CLASS_ID, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE);
		Change.Arrival next = arrival("b");
		List<RollEvent> events = apply(early, first, present, end, late, second, third, next);
		assertThat(early.answer().join().classId()).isZero();
		assertThat(present.answer().join().classId()).isEqualTo(CLASS_ID);
		assertThat(end.answer().join().studentIds()).containsExactly("a");
		assertThat(late.answer().join().reason()).isEqualTo(PresenceReceipt.NO_OPEN_ROLL);
		assertRefused(() -> third.answer().join(), ProblemType.ROLL_ALREADY_OPEN);
		assertThat(events).extracting(RollEvent::type).containsExactly("presence", "ended", "presence");
		assertThat(events).extracting(RollEvent::rollId)
			.containsExactly(first.rollId(), first.rollId(), second.rollId());
		assertThat(this.store.currentRoll(CLASS_ID, 0, Teacher.AT_THIS_MACHINE).orElseThrow().presences())
			.extracting(Presence::studentId)
			.containsExactly("b");
	}

	@Test
	void largeBatchOverManyClassesIsNumberedPerRoll() throws Exception {
		List<Change<?>> batch = new ArrayList<>();
		LongStream.rangeClosed(1, 20)
			.forEach(
					(classId) -> batch.add(new Change.Start(classId, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE)));
		for (int student = 0; student < 30; student++) {
			for (long classId = 1; classId <= 20; classId++) {
				batch.add(new Change.Arrival(classId, "s" + student, SentCode.NONE));
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
	void endOfANamedRollLeavesAnotherOneOpen() throws Exception {
		start();
		Change.End other = new Change.End(CLASS_ID, new RollMatch(false, List.of(UUID.randomUUID())),
				Teacher.AT_THIS_MACHINE);
		assertThat(apply(other)).isEmpty();
		assertRefused(() -> other.answer().join(), ProblemType.ANOTHER_ROLL_OPEN);
		assertThat(this.store.openRolls(Teacher.AT_THIS_MACHINE)).hasSize(1);
	}

	@Test
	void aKeptSheetIsHandedOverAgainAfterARestart() throws Exception {
		StartedRoll started = start();
		present("a");
		this.clock.move(Duration.ofSeconds(1));
		Sheet sheet = end();
		reopen(DEFAULTS);
		assertThat(end(started.rollId())).isEqualTo(sheet);
	}

	@Test
	void aChangeThatTheSchemaRefusesIsReported() throws Exception {
		start();
		this.session.apply(List.of(arrival("x".repeat(65))));
		assertThatThrownBy(() -> this.session.commit()).isInstanceOfSatisfying(StoreException.class,
				(refusal) -> assertThat(refusal.kind()).isEqualTo(StoreException.Kind.REFUSED));
	}

}
