package rollcall.roll;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Erases rolls in steps that are bounded, because presences wait meanwhile. A roll leaves
 * the table of rolls at once, so that nobody can read a part of it; its presences follow.
 */
final class Eraser {

	/** How many rolls one step takes. */
	static final int MAX_ROLLS = 100;

	/** How many presences one step erases: about two milliseconds. */
	static final int MAX_PRESENCES = 500;

	private final Statements statements;

	/**
	 * Prepares nothing yet.
	 * @param statements the statements of the connection that writes
	 */
	Eraser(Statements statements) {
		this.statements = statements;
	}

	/**
	 * Takes a roll out of the table of rolls; later steps erase its presences.
	 * @return whether it was there; another node may have taken it
	 */
	boolean forget(long rollNo) throws SQLException {
		if (this.statements.get("DELETE FROM roll WHERE roll_no = ?", rollNo).executeUpdate() == 0) {
			return false;
		}
		this.statements.get("INSERT INTO erased_roll (roll_no) VALUES (?)", rollNo).executeUpdate();
		return true;
	}

	/**
	 * Erases presences of rolls that were taken out.
	 * @return whether there was such a roll
	 */
	boolean erasePresences() throws SQLException {
		List<Long> forgotten = forgotten();
		int left = MAX_PRESENCES;
		for (long rollNo : forgotten) {
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
				break;
			}
		}
		return !forgotten.isEmpty();
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

}
