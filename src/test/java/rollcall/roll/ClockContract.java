package rollcall.roll;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of clock jumps, which every store must pass.
 */
abstract class ClockContract extends WaitingSheetsContract {

	private static final Duration MOMENT = Duration.ofSeconds(1);

	@ParameterizedTest
	@ValueSource(longs = { 2, -2, 18_263, -18_263 })
	void clockJumpsLoseNoSheetAndKeepNoneForever(long days) throws Exception {
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
	void repeatedClockJumpsKeepNoSheetForever(long days) throws Exception {
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
	void downtimeEndsOpenRollsAndErasesNoSheet() throws Exception {
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
	void storedTimesDoNotDecideAboutEndsAndErasing() throws Exception {
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
	void anAutomaticEndIsNotBeforeTheLastPresence() throws Exception {
		start();
		Instant last = present("a").at();
		pass(ABANDONED_AFTER);
		this.clock.jump(Duration.ofDays(-18_263));
		assertThat(upkeep()).extracting(RollEvent::at).containsExactly(last);
		assertThat(end().endedAt()).isEqualTo(last);
	}

	/** Creates a waiting sheet of another class. */
	private StartedRoll waitingBeside(String studentId, long classId) throws Exception {
		Change.Start start = new Change.Start(classId, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE);
		apply(start, new Change.Arrival(classId, studentId, SentCode.NONE));
		upkeep();
		sql("UPDATE roll SET due = 0 WHERE class_id = " + classId);
		assertThat(upkeep()).hasSize(1);
		return start.answer().join();
	}

	private void sql(String sql) throws Exception {
		try (Connection connection = dataSource().getConnection(); Statement statement = connection.createStatement()) {
			statement.executeUpdate(sql);
		}
	}

}
