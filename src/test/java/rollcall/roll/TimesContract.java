package rollcall.roll;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import rollcall.problem.ProblemType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of late students and deadlines, to the millisecond, which every store must pass.
 */
abstract class TimesContract extends MarksContract {

	private static final Duration MILLISECOND = Duration.ofMillis(1);

	private static final OptionsRequest CLEAR = new OptionsRequest(new OptionsRequest.After(null),
			new OptionsRequest.After(null), null);

	@Test
	void aStudentIsLateFromTheMillisecondOfTheTimeOn() throws Exception {
		StartedRoll started = start("PT10M", null);
		assertThat(started.lateAt()).isEqualTo(started.startedAt().plus(Duration.ofMinutes(10)));
		this.clock.move(Duration.ofMinutes(10).minus(MILLISECOND));
		assertThat(present("a").late()).isNull();
		this.clock.move(MILLISECOND);
		Change.Arrival late = arrival("b");
		List<RollEvent> events = apply(late);
		assertThat(late.answer().join().at()).isEqualTo(started.lateAt());
		assertThat(late.answer().join().late()).isTrue();
		assertThat(events).extracting(RollEvent::status).containsExactly("late");
		assertThat(present("b")).isEqualTo(late.answer().join());
		assertThat(current().presences()).extracting(Presence::status).containsExactly(null, "late");
		assertThat(current().presences()).extracting(Presence::by).containsOnlyNulls();
		assertThat(current().lateAt()).isEqualTo(started.lateAt());
		Sheet sheet = end();
		assertThat(sheet.presences()).extracting(Presence::status).containsExactly(null, "late");
		assertThat(sheet.lateAt()).isEqualTo(started.lateAt());
	}

	@Test
	void studentsAreToldHowLongTheyMayAnswer() throws Exception {
		assertThat(this.store.timesLeft(CLASS_ID)).isEmpty();
		StartedRoll started = start("PT10M", "PT1H");
		this.storeClock.saw(started.startedAt().toEpochMilli());
		TimesLeft atTheStart = this.store.timesLeft(CLASS_ID).orElseThrow();
		assertThat(atTheStart.lateInMs()).isBetween(1L, 600_000L);
		assertThat(atTheStart.endsInMs()).isBetween(3_000_001L, 3_600_000L);
		this.storeClock.saw(started.startedAt().plus(Duration.ofMinutes(10)).toEpochMilli());
		TimesLeft later = this.store.timesLeft(CLASS_ID).orElseThrow();
		assertThat(later.lateInMs()).isZero();
		assertThat(later.endsInMs()).isBetween(2_400_001L, 3_000_000L);
		assertThat(this.store.timesLeft(CLASS_ID + 1)).isEmpty();
		setOptions(CLEAR);
		assertThat(this.store.timesLeft(CLASS_ID)).hasValueSatisfying((none) -> assertThat(none.isNone()).isTrue());
		end();
		assertThat(this.store.timesLeft(CLASS_ID)).isEmpty();
	}

	@Test
	void aMarkOverridesTheTime() throws Exception {
		start("PT1S", null);
		this.clock.move(Duration.ofSeconds(2));
		present("a");
		assertThat(mark("a", Status.PRESENT).status()).isNull();
		assertThat(present("a").late()).isNull();
		assertThat(mark("b", Status.PRESENT).status()).isNull();
		assertThat(current().presences()).extracting(Presence::status).containsOnlyNulls();
	}

	@Test
	void aChangeOfTheTimeRelabelsAtOnce() throws Exception {
		StartedRoll started = start();
		this.clock.move(Duration.ofSeconds(2));
		present("a");
		this.clock.move(Duration.ofSeconds(2));
		present("b");
		mark("c", Status.PRESENT);
		OptionsChange change = new OptionsChange(CLASS_ID, times("PT3S", null), RollMatch.ANY, Teacher.AT_THIS_MACHINE);
		List<RollEvent> events = apply(change);
		Instant lateAt = started.startedAt().plusSeconds(3);
		assertThat(change.answer().join()).isEqualTo(new RollState(CLASS_ID, started.rollId(), started.startedAt(),
				lateAt, null, null, started.topic(), 4, null));
		assertThat(events).containsExactly(RollEvent.changed(CLASS_ID, started.rollId(), 4, present("b").at(),
				new RollOptions(lateAt, null, false)));
		assertThat(current().seq()).isEqualTo(4);
		assertThat(current().presences()).extracting(Presence::status).containsExactly(null, "late", null);
		assertThat(this.store.openRolls(Teacher.AT_THIS_MACHINE)).extracting(OpenRoll::present).containsExactly(3L);
		OptionsChange again = new OptionsChange(CLASS_ID, times("PT3S", null), RollMatch.ANY, Teacher.AT_THIS_MACHINE);
		assertThat(apply(again)).isEmpty();
		assertThat(again.answer().join()).isEqualTo(change.answer().join());
		assertThat(setOptions(CLEAR).lateAt()).isNull();
		assertThat(current().presences()).extracting(Presence::status).containsOnlyNulls();
		assertThat(present("d").late()).isNull();
		assertThat(current().presences()).extracting(Presence::seq).containsExactly(1L, 2L, 3L, 6L);
	}

	@Test
	void aPresenceAtTheDeadlineIsRefusedAndEndsTheRoll() throws Exception {
		StartedRoll started = start(null, "PT20M");
		assertThat(started.endsAt()).isEqualTo(started.startedAt().plus(Duration.ofMinutes(20)));
		this.clock.move(Duration.ofMinutes(20).minus(MILLISECOND));
		assertThat(present("a").classId()).isEqualTo(CLASS_ID);
		this.clock.move(MILLISECOND);
		Change.Arrival over = arrival("b");
		List<RollEvent> events = apply(over);
		assertThat(over.answer().join().classId()).isZero();
		assertThat(over.answer().join().reason()).isEqualTo(PresenceReceipt.NO_OPEN_ROLL);
		assertThat(events)
			.containsExactly(RollEvent.ended(CLASS_ID, started.rollId(), 1, started.startedAt().plusSeconds(1_200)));
		assertThat(this.store.openRolls(Teacher.AT_THIS_MACHINE)).isEmpty();
		assertThat(this.sheets.sheets(Teacher.AT_THIS_MACHINE)).extracting(KeptSheet::taken).containsExactly(false);
		this.clock.move(Duration.ofHours(3));
		assertThat(upkeep()).isEmpty();
		Sheet sheet = end();
		assertThat(sheet.endedAt()).isEqualTo(started.endsAt());
		assertThat(sheet.studentIds()).containsExactly("a");
	}

	@Test
	void theUpkeepEndsARollAtItsDeadline() throws Exception {
		StartedRoll started = start(null, "PT20M");
		present("a");
		mark("a", Status.EXCUSED);
		pass(Duration.ofMinutes(20).minus(MILLISECOND));
		assertThat(upkeep()).isEmpty();
		this.clock.move(Duration.ofSeconds(5).plus(MILLISECOND));
		assertThat(upkeep())
			.containsExactly(RollEvent.ended(CLASS_ID, started.rollId(), 2, started.startedAt().plusSeconds(1_200)));
		assertThat(upkeep()).isEmpty();
		Sheet sheet = this.sheets.sheet(started.rollId(), Teacher.AT_THIS_MACHINE);
		assertThat(sheet.endedAt()).isEqualTo(started.endsAt());
		assertThat(sheet.absences()).extracting(Presence::studentId).containsExactly("a");
		assertThat(end(started.rollId())).isEqualTo(sheet);
	}

	@Test
	void everyChangeAtTheDeadlineFindsTheRollEnded() throws Exception {
		StartedRoll started = start(null, "PT1M");
		present("a");
		this.clock.move(Duration.ofMinutes(1));
		Change.Mark mark = markOf("a", Status.ABSENT);
		OptionsChange later = new OptionsChange(CLASS_ID, times(null, "PT2M"), RollMatch.ANY, Teacher.AT_THIS_MACHINE);
		Change.Start next = new Change.Start(CLASS_ID, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE);
		Change.Arrival inNext = arrival("b");
		Change.End end = new Change.End(CLASS_ID, new RollMatch(false, List.of(started.rollId())),
				Teacher.AT_THIS_MACHINE);
		List<RollEvent> events = apply(mark, later, next, inNext, end);
		assertRefused(() -> mark.answer().join(), ProblemType.NO_OPEN_ROLL);
		assertRefused(() -> later.answer().join(), ProblemType.NO_OPEN_ROLL);
		assertThat(next.answer().join().startedAt()).isEqualTo(started.startedAt().plusSeconds(60));
		assertThat(inNext.answer().join().classId()).isEqualTo(CLASS_ID);
		assertThat(end.answer().join().endedAt()).isEqualTo(started.endsAt());
		assertThat(end.answer().join().studentIds()).containsExactly("a");
		assertThat(events).extracting(RollEvent::type).containsExactly("ended", "presence");
		assertThat(current().rollId()).isEqualTo(next.rollId());
	}

	@Test
	void theDeadlineCanBeMovedAndClearedButNotIntoThePast() throws Exception {
		StartedRoll started = start(null, "PT1M");
		this.clock.move(Duration.ofSeconds(30));
		present("a");
		assertRefused(() -> setOptions(times(null, "PT30S")), ProblemType.INVALID_REQUEST);
		assertThat(current().endsAt()).isEqualTo(started.endsAt());
		assertThat(setOptions(times("PT1S", "PT2M")).endsAt()).isEqualTo(started.startedAt().plusSeconds(120));
		this.clock.move(Duration.ofSeconds(60));
		assertThat(present("b").late()).isTrue();
		assertThat(setOptions(CLEAR).endsAt()).isNull();
		this.clock.move(Duration.ofHours(2));
		assertThat(upkeep()).isEmpty();
		assertThat(present("c").classId()).isEqualTo(CLASS_ID);
		assertThat(end().lateAt()).isNull();
	}

	@Test
	void aClockThatGoesBackDoesNotPutAChangeAfterTheDeadline() throws Exception {
		StartedRoll started = start(null, "PT1M");
		this.clock.move(Duration.ofSeconds(59));
		Instant last = present("a").at();
		this.clock.jump(Duration.ofHours(-1));
		assertThat(present("b").at()).isEqualTo(last);
		assertRefused(() -> setOptions(times(null, "PT59S")), ProblemType.INVALID_REQUEST);
		this.clock.jump(Duration.ofHours(2));
		assertThat(present("c").classId()).isZero();
		Sheet sheet = end();
		assertThat(sheet.endedAt()).isEqualTo(started.endsAt());
		assertThat(sheet.presences()).allSatisfy((row) -> assertThat(row.at()).isBefore(sheet.endedAt()));
	}

	@Test
	void presencesAfterTheDeadlineAreCounted() throws Exception {
		StartedRoll started = start(null, "PT1M");
		present("a");
		this.clock.move(Duration.ofMinutes(1));
		apply(arrival("b"), arrival("c"), new Change.Arrival(43, "x", SentCode.NONE));
		present("d");
		assertThat(kept(started).refusedAfterEnd()).isEqualTo(3);
		end();
		present("e");
		assertThat(kept(started).refusedAfterEnd()).isEqualTo(4);
		Sheet sheet = end(started.rollId());
		this.clock.move(Duration.ofMinutes(10));
		start();
		present("f");
		StartedRoll second = current(started);
		end();
		assertThat(kept(second).refusedAfterEnd()).isNull();
		assertThat(kept(started).refusedAfterEnd()).isEqualTo(4);
		assertThat(end(started.rollId())).isEqualTo(sheet);
		this.clock.move(Duration.ofMinutes(50));
		present("g");
		assertThat(kept(started).refusedAfterEnd()).isEqualTo(4);
	}

	@Test
	void theTimesSurviveARestart() throws Exception {
		StartedRoll started = start("PT10M", "PT20M");
		setOptions(times("PT5M", null));
		reopenAfter(Duration.ofMinutes(6));
		assertThat(current().lateAt()).isEqualTo(started.startedAt().plus(Duration.ofMinutes(5)));
		assertThat(current().endsAt()).isEqualTo(started.endsAt());
		assertThat(present("a").late()).isTrue();
		reopenAfter(Duration.ofMinutes(20));
		assertThat(present("b").classId()).isZero();
		assertThat(end().endedAt()).isEqualTo(started.endsAt());
	}

	private StartedRoll current(StartedRoll before) {
		CurrentRoll roll = current();
		assertThat(roll.rollId()).isNotEqualTo(before.rollId());
		return new StartedRoll(roll.classId(), roll.rollId(), roll.startedAt(), null, null, null, roll.topic());
	}

	private KeptSheet kept(StartedRoll roll) {
		return this.sheets.sheets(Teacher.AT_THIS_MACHINE)
			.stream()
			.filter((sheet) -> sheet.rollId().equals(roll.rollId()))
			.findFirst()
			.orElseThrow();
	}

}
