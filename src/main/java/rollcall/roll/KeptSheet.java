package rollcall.roll;

import java.time.Instant;
import java.util.UUID;

/**
 * One line of the list of kept sheets.
 *
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param rollId the id of the roll that ended
 * @param startedAt when the roll opened, UTC, whole milliseconds
 * @param endedAt when it closed; no presence is later
 * @param present how many students the sheet has
 * @param taken whether the sheet was handed over; false while it waits
 * @param keptUntil the earliest time of its erasing, UTC; time without a running server
 * does not count, so that it may be later
 */
public record KeptSheet(long classId, UUID rollId, Instant startedAt, Instant endedAt, long present, boolean taken,
		Instant keptUntil) {
}
