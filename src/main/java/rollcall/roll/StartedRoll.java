package rollcall.roll;

import java.time.Instant;
import java.util.UUID;

/**
 * The confirmation that a roll was started.
 *
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param rollId the id of this roll, never used again
 * @param startedAt when the roll opened, UTC, whole milliseconds
 * @param topic the STOMP destination on which its events are published
 */
public record StartedRoll(long classId, UUID rollId, Instant startedAt, String topic) {
}
