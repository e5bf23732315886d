package rollcall.roll;

import java.time.Instant;

/**
 * One student recorded in one roll.
 *
 * @param seq the position in commit order: 1, 2, 3 … without a gap
 * @param studentId the enrolment number, as text
 * @param at when the presence was recorded, UTC, whole milliseconds; never earlier than
 * that of a smaller {@code seq}
 */
public record Presence(long seq, String studentId, Instant at) {
}
