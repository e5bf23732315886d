package rollcall.roll;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What a student sends.
 *
 * @param studentId the enrolment number: 1 to 64 of {@code A–Z a–z 0–9 . _ -}, text, so
 * that a leading zero stays
 */
public record PresenceRequest(@NotNull(message = STUDENT_ID_RULE) @Pattern(regexp = STUDENT_ID,
		message = STUDENT_ID_RULE) @JsonDeserialize(using = StudentIdDeserializer.class) String studentId) {

	/** The form of a student id. */
	public static final String STUDENT_ID = "[A-Za-z0-9._-]{1,64}";

	static final String STUDENT_ID_RULE = "must be 1 to 64 characters, each a letter A-Z or a-z, a digit, '.', '_' or '-'";

}
