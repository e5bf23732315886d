package rollcall.roll;

import java.time.Instant;
import java.util.UUID;

/**
 * An open roll, as an entry in the list of open rolls.
 *
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param rollId the id of this roll
 * @param startedAt when the roll opened, UTC, whole milliseconds
 * @param present the number of students recorded so far
 */
public record OpenRoll(long classId, UUID rollId, Instant startedAt, long present) {
}
