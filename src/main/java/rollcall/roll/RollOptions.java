package rollcall.roll;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a teacher may set for a roll. Public, because the packages of the stores read it.
 *
 * @param lateAt who answers at this time or later is late; null if nobody is late
 * @param endsAt the deadline, at which the roll ends by itself; null if it does not
 * @param code whether a presence needs the code that the teacher's screen shows
 */
public record RollOptions(@Nullable Instant lateAt, @Nullable Instant endsAt, boolean code) {

	/** The columns that {@link #read} reads. */
	public static final String COLUMNS = "coalesce(roll.late_at, 0), coalesce(roll.ends_at, 0), roll.code_required";

	static final RollOptions NONE = new RollOptions(null, null, false);

	/**
	 * Reads the options of a roll.
	 * @param row a row of a query with the columns {@link #COLUMNS}
	 * @param column the number of the first of these columns
	 */
	public static RollOptions read(ResultSet row, int column) throws SQLException {
		return new RollOptions(instant(row, column), instant(row, column + 1), row.getInt(column + 2) == 1);
	}

	/**
	 * 0 stands for NULL: to ask whether a column was NULL costs as much as to read it.
	 */
	private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
		long millis = row.getLong(column);
		return (millis != 0) ? Instant.ofEpochMilli(millis) : null;
	}

	/** The member {@code code} of an answer: true, or null if it is absent. */
	@Nullable Boolean shownCode() {
		return this.code ? true : null;
	}

	/** Whether somebody who answers at this time, epoch milliseconds, is late. */
	boolean isLate(long at) {
		return this.lateAt != null && at >= this.lateAt.toEpochMilli();
	}

	/** Whether the deadline has come at this time, epoch milliseconds. */
	boolean isOver(long now) {
		return this.endsAt != null && now >= this.endsAt.toEpochMilli();
	}

}
