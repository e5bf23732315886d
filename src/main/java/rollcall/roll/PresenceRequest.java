package rollcall.roll;

/**
 * The body of a student's request.
 *
 * @param studentId the enrolment number
 */
public record PresenceRequest(StudentId studentId) {
}
