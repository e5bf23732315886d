package rollcall.roll;

import java.time.Instant;

/**
 * One student recorded in one roll.
 *
 * @param seq the place in the order of commit: 1, 2, 3 … without a hole
 * @param studentId the enrolment number, as text
 * @param at when it was recorded, UTC, whole milliseconds; never falls as {@code seq}
 * rises
 */
public record Presence(long seq, String studentId, Instant at) {
}
