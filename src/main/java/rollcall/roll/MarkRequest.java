package rollcall.roll;

import jakarta.validation.constraints.NotNull;

/**
 * The body of a teacher's request about a student.
 *
 * @param status the new status
 */
record MarkRequest(@NotNull Status status) {
}
