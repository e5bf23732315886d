package rollcall.roll;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The row of a student in the store. Public, because the packages of the stores read and
 * write it.
 *
 * @param studentId the enrolment number
 * @param seq the number of the last change of the row
 * @param at when the student first counted, epoch milliseconds; for a student who never
 * counted, when the teacher first marked the student
 * @param firstSeq the number with which the student first counted; 0 if never
 * @param mark the status that the teacher set; null if the teacher set none
 * @param markedAt when the teacher set it, epoch milliseconds; 0 without a mark
 */
public record StudentRow(String studentId, long seq, long at, long firstSeq, @Nullable Status mark, long markedAt) {

	/** The columns that {@link #read} reads. */
	public static final String COLUMNS = "presence.student_id, presence.seq, presence.at,"
			+ " coalesce(presence.first_seq, presence.seq), presence.mark, presence.marked_at";

	static StudentRow arrived(String studentId, long seq, long at) {
		return new StudentRow(studentId, seq, at, seq, null, 0);
	}

	/**
	 * Reads a row.
	 * @param row a row of a query with the columns {@link #COLUMNS}
	 * @param column the number of the first of these columns
	 */
	public static StudentRow read(ResultSet row, int column) throws SQLException {
		String mark = row.getString(column + 4);
		return new StudentRow(row.getString(column), row.getLong(column + 1), row.getLong(column + 2),
				row.getLong(column + 3), (mark != null) ? Status.of(mark) : null, row.getLong(column + 5));
	}

	/**
	 * The row after a mark. The time and the number of the first arrival stay.
	 * @param status the new status
	 * @param number the number of the change
	 * @param now its time, epoch milliseconds
	 */
	StudentRow marked(Status status, long number, long now) {
		boolean first = this.firstSeq == 0 && status.counts();
		return new StudentRow(this.studentId, number, first ? now : this.at, first ? number : this.firstSeq, status,
				now);
	}

	/** Whether the student is on the list: arrived or added, and not removed. */
	boolean counts() {
		return this.mark == null || this.mark.counts();
	}

	/** Whether the student is late: the teacher's mark decides, otherwise the time. */
	boolean isLate(RollOptions options) {
		return (this.mark != null) ? this.mark == Status.LATE : options.isLate(this.at);
	}

	/**
	 * The row as the API shows it.
	 * @param options the options of the roll
	 */
	public Presence shown(RollOptions options) {
		String by = (this.mark != null) ? Presence.TEACHER : null;
		if (this.mark != null && !this.mark.counts()) {
			return new Presence(this.seq, this.studentId, Instant.ofEpochMilli(this.markedAt), this.mark.code(), by);
		}
		return new Presence(this.seq, this.studentId, Instant.ofEpochMilli(this.at),
				isLate(options) ? Status.LATE.code() : null, by);
	}

}
