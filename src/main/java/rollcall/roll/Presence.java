package rollcall.roll;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One student in one roll. In the list {@code presences} the student counts; in the list
 * {@code absences} the teacher said that the student does not count.
 *
 * @param seq the number of the last change of this row. A roll numbers its changes 1, 2,
 * 3 … in commit order
 * @param studentId the enrolment number, as text
 * @param at when the student first counted, or since when the student does not count,
 * UTC, whole milliseconds. Of rows without a mark, a larger {@code seq} never has an
 * earlier time
 * @param status {@code late}, {@code absent} or {@code excused}; null, and absent from
 * the JSON, if the student is present
 * @param by {@value #TEACHER} if the teacher set the status; otherwise null, and absent
 * from the JSON
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Presence(long seq, String studentId, Instant at, @Nullable String status, @Nullable String by) {

	/** The value of {@code by}. */
	public static final String TEACHER = "teacher";

	/** A student who arrived in time, without a mark of the teacher. */
	public Presence(long seq, String studentId, Instant at) {
		this(seq, studentId, at, null, null);
	}

	/** Whether the student counts. */
	public boolean counts() {
		return this.status == null || this.status.equals(Status.LATE.code());
	}

}
