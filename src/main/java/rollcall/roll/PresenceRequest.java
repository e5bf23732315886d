package rollcall.roll;

import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * The body of a student's request.
 *
 * @param studentId the enrolment number
 * @param code the code that the teacher's screen shows; null if the body has none
 * @param ticket the ticket of the student's page, see {@link CodeTickets}; null if the
 * body has none
 */
public record PresenceRequest(@NotNull StudentId studentId, @Nullable String code, @Nullable String ticket) {

	/** Returns no part of the code or the ticket, so that no log can contain them. */
	@Override
	public String toString() {
		return "PresenceRequest[" + this.studentId + "]";
	}

}
