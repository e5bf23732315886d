package rollcall.roll;

import jakarta.validation.constraints.NotNull;

/**
 * The body of a student's request.
 *
 * @param studentId the enrolment number
 */
public record PresenceRequest(@NotNull StudentId studentId) {
}
