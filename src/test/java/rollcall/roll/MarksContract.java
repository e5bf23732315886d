package rollcall.roll;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a teacher's marks, which every store must pass.
 */
abstract class MarksContract extends RollStoreContract {

	@Test
	void marksAreReadAsTheyWereAnsweredAndPublished() throws Exception {
		start();
		Instant first = present("a").at();
		present("b");
		this.clock.move(Duration.ofSeconds(1));
		Change.Mark late = markOf("a", Status.LATE);
		Change.Mark absent = markOf("b", Status.ABSENT);
		Change.Mark excused = markOf("c", Status.EXCUSED);
		Change.Mark added = markOf("d", Status.PRESENT);
		List<RollEvent> events = apply(late, absent, excused, arrival("e"), added);
		CurrentRoll roll = current();
		assertThat(roll.seq()).isEqualTo(7);
		assertThat(roll.presences()).extracting(Presence::studentId).containsExactly("a", "e", "d");
		assertThat(roll.presences()).contains(late.answer().join(), added.answer().join());
		assertThat(roll.presences().get(0)).isEqualTo(new Presence(3, "a", first, "late", "teacher"));
		assertThat(roll.absences()).containsExactly(absent.answer().join(), excused.answer().join());
		assertThat(events).extracting(RollEvent::type)
			.containsExactly("presence", "absence", "absence", "presence", "presence");
		assertThat(events).extracting(RollEvent::seq).containsExactly(3L, 4L, 5L, 6L, 7L);
		assertThat(events.get(0)).isEqualTo(RollEvent.ofStudent(CLASS_ID, roll.rollId(), late.answer().join()));
		assertThat(events.get(2)).isEqualTo(RollEvent.ofStudent(CLASS_ID, roll.rollId(), excused.answer().join()));
		assertThat(this.store.openRolls(Teacher.AT_THIS_MACHINE)).extracting(OpenRoll::present).containsExactly(3L);
	}

	@Test
	void aReadAfterANumberHasTheRowsThatChangedAfterIt() throws Exception {
		start();
		apply(arrival("a"), arrival("b"), arrival("c"));
		mark("a", Status.ABSENT);
		mark("b", Status.LATE);
		CurrentRoll changed = this.store.currentRoll(CLASS_ID, 3, Teacher.AT_THIS_MACHINE).orElseThrow();
		assertThat(changed.presences()).extracting(Presence::studentId).containsExactly("b");
		assertThat(changed.absences()).extracting(Presence::studentId).containsExactly("a");
		mark("a", Status.PRESENT);
		changed = this.store.currentRoll(CLASS_ID, 5, Teacher.AT_THIS_MACHINE).orElseThrow();
		assertThat(changed.presences()).extracting(Presence::seq).containsExactly(6L);
		assertThat(changed.absences()).isNull();
	}

	@Test
	void aRemovedStudentStaysOutAfterARestart() throws Exception {
		StartedRoll started = start();
		Instant first = present("a").at();
		present("b");
		mark("a", Status.ABSENT);
		mark("x", Status.ABSENT);
		reopen(DEFAULTS);
		assertThat(present("a").reason()).isEqualTo(PresenceReceipt.REMOVED_BY_TEACHER);
		assertThat(present("x").reason()).isEqualTo(PresenceReceipt.REMOVED_BY_TEACHER);
		this.clock.move(Duration.ofSeconds(1));
		Presence added = mark("x", Status.PRESENT);
		assertThat(added.at()).isAfter(first);
		Change.Mark again = markOf("a", Status.ABSENT);
		assertThat(apply(again)).isEmpty();
		Sheet sheet = end(started.rollId());
		assertThat(sheet.studentIds()).containsExactly("b", "x");
		assertThat(sheet.presences().get(1)).isEqualTo(added);
		assertThat(sheet.absences()).containsExactly(again.answer().join());
		assertThat(end(started.rollId())).isEqualTo(sheet);
		assertThat(this.sheets.sheet(started.rollId(), Teacher.AT_THIS_MACHINE)).isEqualTo(sheet);
		assertThat(this.sheets.sheets(Teacher.AT_THIS_MACHINE)).extracting(KeptSheet::present).containsExactly(2L);
	}

	@Test
	void aRestoredStudentKeepsTheFirstTimeAndPlace() throws Exception {
		start();
		Instant first = present("a").at();
		this.clock.move(Duration.ofSeconds(1));
		present("b");
		mark("a", Status.ABSENT);
		mark("a", Status.EXCUSED);
		reopen(DEFAULTS);
		assertThat(mark("a", Status.PRESENT).at()).isEqualTo(first);
		assertThat(present("a").at()).isEqualTo(first);
		Sheet sheet = end();
		assertThat(sheet.studentIds()).containsExactly("a", "b");
		assertThat(sheet.absences()).isNull();
	}

	@Test
	void markedStudentsCountForTheLimitAfterARestart() throws Exception {
		reopen(properties(RETENTION, 3));
		start();
		present("a");
		mark("a", Status.ABSENT);
		mark("a", Status.PRESENT);
		mark("b", Status.ABSENT);
		assertThat(current().full()).isNull();
		reopen(properties(RETENTION, 3));
		assertThat(present("c").classId()).isEqualTo(CLASS_ID);
		assertThat(present("d").reason()).isEqualTo(PresenceReceipt.ROLL_FULL);
		assertThat(current().full()).isTrue();
	}

	@Test
	void marksOfARollThatEndsInTheSameBatchAreInItsSheet() throws Exception {
		start();
		Change.End end = new Change.End(CLASS_ID, RollMatch.ANY, Teacher.AT_THIS_MACHINE);
		apply(arrival("a"), markOf("a", Status.ABSENT), arrival("b"), markOf("c", Status.LATE), end,
				markOf("d", Status.PRESENT));
		Sheet sheet = end.answer().join();
		assertThat(sheet.studentIds()).containsExactly("b", "c");
		assertThat(sheet.absences()).extracting(Presence::studentId).containsExactly("a");
	}

	/** During a rolling upgrade a node of schema version 4 writes the same tables. */
	@Test
	void rowsOfTheVersionBeforeAreReadAndCounted() throws Exception {
		reopen(properties(RETENTION, 4));
		start();
		Instant first = present("a").at();
		mark("a", Status.ABSENT);
		try (Connection older = dataSource().getConnection(); Statement statement = older.createStatement()) {
			statement.executeUpdate("INSERT INTO presence (roll_no, student_id, seq, at) SELECT roll_no, 'b', 3, "
					+ first.toEpochMilli() + " FROM roll");
			statement.executeUpdate("UPDATE roll SET last_seq = 3, last_at = " + first.toEpochMilli());
		}
		assertThat(present("b").at()).isEqualTo(first);
		assertThat(mark("a", Status.PRESENT).seq()).isEqualTo(4);
		assertThat(mark("b", Status.LATE).seq()).isEqualTo(5);
		assertThat(this.store.openRolls(Teacher.AT_THIS_MACHINE)).extracting(OpenRoll::present).containsExactly(2L);
		present("c");
		present("d");
		assertThat(present("e").reason()).isEqualTo(PresenceReceipt.ROLL_FULL);
		assertThat(end().studentIds()).containsExactly("a", "b", "c", "d");
	}

}
