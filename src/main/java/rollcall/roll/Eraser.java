package rollcall.roll;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Erases rolls in steps that are bounded, because presences wait meanwhile. A roll leaves
 * the table of rolls at once, so that nobody can read a part of it; its presences follow.
 */
final class Eraser {

	/** How many rolls one step takes out of the table of rolls. */
	static final int MAX_ROLLS = 100;

	/** How many presences one step erases: about two milliseconds. */
	static final int MAX_PRESENCES = 500;

	private static final String DUE = "ended_at <= ? OR (ended_at IS NULL AND started_at <= ?)";

	private final Statements statements;

	private final RollCallProperties properties;

	/**
	 * Prepares nothing yet.
	 * @param statements the statements of the connection that writes
	 * @param properties how long a roll stays
	 */
	Eraser(Statements statements, RollCallProperties properties) {
		this.statements = statements;
		this.properties = properties;
	}

	/** Whether a step has something to do. */
	boolean isDue(long now) throws SQLException {
		try (ResultSet any = due("SELECT 1 FROM erased_roll UNION ALL SELECT 1 FROM roll WHERE " + DUE + " LIMIT 1",
				now)
			.executeQuery()) {
			return any.next();
		}
	}

	/**
	 * Takes rolls that are due out of the table of rolls, and erases presences of such
	 * rolls.
	 * @param now the time, epoch milliseconds
	 * @param lock the clause with which the database locks the rows that it selects
	 * @return the ends of those that were still open
	 */
	List<RollEvent> step(long now, String lock) throws SQLException {
		List<RollEvent> ends = new ArrayList<>();
		List<Long> rollNos = new ArrayList<>();
		try (ResultSet rows = due("SELECT roll_no, class_id, roll_id, last_seq, ended_at IS NULL FROM roll WHERE " + DUE
				+ " LIMIT " + MAX_ROLLS + lock, now)
			.executeQuery()) {
			while (rows.next()) {
				rollNos.add(rows.getLong(1));
				if (rows.getBoolean(5)) {
					ends.add(new RollEvent(RollEvent.ENDED, rows.getLong(2), UUID.fromString(rows.getString(3)),
							rows.getLong(4), null, Instant.ofEpochMilli(now)));
				}
			}
		}
		for (long rollNo : rollNos) {
			forget(rollNo);
		}
		erasePresences();
		return ends;
	}

	/** Takes a roll out of the table of rolls; later steps erase its presences. */
	void forget(long rollNo) throws SQLException {
		this.statements.get("INSERT INTO erased_roll (roll_no) VALUES (?)", rollNo).executeUpdate();
		this.statements.get("DELETE FROM roll WHERE roll_no = ?", rollNo).executeUpdate();
	}

	private void erasePresences() throws SQLException {
		int left = MAX_PRESENCES;
		for (long rollNo : forgotten()) {
			int erased = this.statements
				.get("""
						DELETE FROM presence WHERE roll_no = ? AND student_id IN (
							SELECT student_id FROM presence WHERE roll_no = ? ORDER BY student_id LIMIT\s"""
						+ MAX_PRESENCES + ")", rollNo, rollNo)
				.executeUpdate();
			if (erased < MAX_PRESENCES) {
				this.statements.get("DELETE FROM erased_roll WHERE roll_no = ?", rollNo).executeUpdate();
			}
			left -= erased;
			if (left <= 0) {
				return;
			}
		}
	}

	private List<Long> forgotten() throws SQLException {
		List<Long> rollNos = new ArrayList<>();
		try (ResultSet rows = this.statements.get("SELECT roll_no FROM erased_roll ORDER BY roll_no LIMIT " + MAX_ROLLS)
			.executeQuery()) {
			while (rows.next()) {
				rollNos.add(rows.getLong(1));
			}
		}
		return rollNos;
	}

	private PreparedStatement due(String sql, long now) throws SQLException {
		return this.statements.get(sql, now - this.properties.closedSheetRetention().toMillis(),
				now - this.properties.abandonedAfter().toMillis());
	}

}
