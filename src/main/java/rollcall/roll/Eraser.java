package rollcall.roll;

import java.util.List;

/**
 * Erases rolls in bounded steps, because presences wait meanwhile. A roll leaves the
 * table of rolls at once, so that no reader sees a part of it; its presences follow.
 */
final class Eraser {

	/** How many rolls one step takes. */
	static final int MAX_ROLLS = 100;

	/** How many presences one step erases: about two milliseconds. */
	static final int MAX_PRESENCES = 500;

	private final Statements statements;

	Eraser(Statements statements) {
		this.statements = statements;
	}

	/**
	 * Removes a roll from the table of rolls; later steps erase its presences.
	 * @return whether it was there; another node may have removed it
	 */
	boolean forget(long rollNo) throws StoreException {
		if (this.statements.update("DELETE FROM roll WHERE roll_no = ?", rollNo) == 0) {
			return false;
		}
		this.statements.update("INSERT INTO erased_roll (roll_no) VALUES (?)", rollNo);
		return true;
	}

	/**
	 * Erases presences of rolls that were removed.
	 * @return whether there was such a roll
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
