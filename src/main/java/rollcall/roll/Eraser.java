package rollcall.roll;

import java.util.List;

/**
 * Erases rolls in small steps, because new presences wait during a step. The row of the
 * roll is deleted first, so that no reader sees an incomplete roll. Later steps delete
 * its presences.
 */
final class Eraser {

	/** The maximum number of rolls in one step. */
	static final int MAX_ROLLS = 100;

	/** A step ends after about this many presences, which take about two milliseconds. */
	static final int MAX_PRESENCES = 500;

	private final Statements statements;

	Eraser(Statements statements) {
		this.statements = statements;
	}

	/**
	 * Removes a roll from the table of rolls; later steps erase its presences.
	 * @return false if another node had already removed it
	 */
	boolean forget(long rollNo) throws StoreException {
		if (this.statements.update("DELETE FROM roll WHERE roll_no = ?", rollNo) == 0) {
			return false;
		}
		this.statements.update("INSERT INTO erased_roll (roll_no) VALUES (?)", rollNo);
		return true;
	}

	/**
	 * Erases some presences of removed rolls.
	 * @return whether there was a removed roll; then another step may be necessary
	 */
	boolean erasePresences() throws StoreException {
		List<Long> forgotten = this.statements
			.list("SELECT roll_no FROM erased_roll ORDER BY roll_no LIMIT " + MAX_ROLLS, (row) -> row.getLong(1));
		int left = MAX_PRESENCES;
		for (long rollNo : forgotten) {
			int erased = this.statements.update("""
					DELETE FROM presence WHERE roll_no = ? AND student_id IN (
						SELECT student_id FROM presence WHERE roll_no = ? ORDER BY student_id LIMIT\s""" + MAX_PRESENCES
					+ ")", rollNo, rollNo);
			if (erased < MAX_PRESENCES) {
				this.statements.update("DELETE FROM erased_roll WHERE roll_no = ?", rollNo);
			}
			left -= erased;
			if (left <= 0) {
				break;
			}
		}
		return !forgotten.isEmpty();
	}

}
