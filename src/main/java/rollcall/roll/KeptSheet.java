package rollcall.roll;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A kept sheet, as an entry in the list of sheets.
 *
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param rollId the id of the roll that ended
 * @param startedAt when the roll opened, UTC, whole milliseconds
 * @param endedAt when the roll ended, UTC, whole milliseconds; no presence is later
 * @param present the number of students
 * @param taken whether the sheet was handed over; false while it waits
 * @param keptUntil the earliest time at which the sheet is erased, UTC; time without a
 * running server is not counted, so the sheet may be erased later
 * @param refusedAfterEnd how many presences were refused within an hour after the roll
 * ended at its deadline; null, and absent from the JSON, if none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeptSheet(long classId, UUID rollId, Instant startedAt, Instant endedAt, long present, boolean taken,
		Instant keptUntil, @Nullable Long refusedAfterEnd) {
}
