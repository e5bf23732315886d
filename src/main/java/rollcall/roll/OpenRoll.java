package rollcall.roll;

import java.time.Instant;
import java.util.UUID;

/**
 * One line of the list of open rolls.
 *
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param rollId the id of this roll
 * @param startedAt when the roll opened, UTC, whole milliseconds
 * @param present how many students are recorded so far
 */
public record OpenRoll(long classId, UUID rollId, Instant startedAt, long present) {
}
