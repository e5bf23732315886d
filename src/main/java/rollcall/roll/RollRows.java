package rollcall.roll;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Collects the rows of a roll's students: those who count, and those who do not.
 */
final class RollRows {

	private final RollOptions options;

	private final List<Presence> presences = new ArrayList<>();

	private final List<Presence> absences = new ArrayList<>();

	RollRows(RollOptions options) {
		this.options = options;
	}

	/**
	 * Reads the student of a row, if it has one.
	 * @param row a row with the columns {@link StudentRow#COLUMNS}
	 * @param column the number of the first of these columns
	 */
	void read(ResultSet row, int column) throws SQLException {
		if (row.getString(column) != null) {
			Presence student = StudentRow.read(row, column).shown(this.options);
			(student.counts() ? this.presences : this.absences).add(student);
		}
	}

	List<Presence> presences() {
		return this.presences;
	}

	/** The students who do not count; null if there are none. */
	@Nullable List<Presence> absences() {
		return this.absences.isEmpty() ? null : this.absences;
	}

}
