package rollcall.roll;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a student: recorded, or refused with a class id of zero.
 *
 * @param classId the class the presence was recorded in; 0 when it was refused
 * @param studentId the student's enrolment number
 * @param at when the presence was first recorded, or when it was refused, UTC, whole
 * milliseconds
 * @param late true if the student is late; otherwise null, and absent from the JSON
 * @param reason the code of the reason for a refusal ({@value #NO_OPEN_ROLL},
 * {@value #ROLL_FULL}, {@value #REMOVED_BY_TEACHER}, {@value #CODE_MISSING},
 * {@value #CODE_WRONG} or {@value #CODE_EXPIRED}); null, and absent from the JSON, if
 * recorded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PresenceReceipt(long classId, String studentId, Instant at, @Nullable Boolean late,
		@Nullable String reason) {

	/** The {@code reason} of a refusal: the class has no open roll. */
	public static final String NO_OPEN_ROLL = "no-open-roll";

	/**
	 * The {@code reason} of a refusal: the open roll has the maximum number of students.
	 */
	public static final String ROLL_FULL = "roll-full";

	/**
	 * The {@code reason} of a refusal: the teacher said that the student is not there.
	 */
	public static final String REMOVED_BY_TEACHER = "removed-by-teacher";

	/** The {@code reason} of a refusal: the roll requires a code, and none was sent. */
	public static final String CODE_MISSING = "code-missing";

	/** The {@code reason} of a refusal: the code is none of this roll. */
	public static final String CODE_WRONG = "code-wrong";

	/** The {@code reason} of a refusal: an earlier code of this roll. */
	public static final String CODE_EXPIRED = "code-expired";

	static PresenceReceipt recorded(long classId, String studentId, Instant at, boolean late) {
		return new PresenceReceipt(classId, studentId, at, late ? true : null, null);
	}

	static PresenceReceipt refused(String studentId, Instant at, String reason) {
		return new PresenceReceipt(0, studentId, at, null, reason);
	}

}
