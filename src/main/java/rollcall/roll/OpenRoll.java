package rollcall.roll;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An open roll, as an entry in the list of open rolls.
 *
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param rollId the id of this roll
 * @param startedAt when the roll opened, UTC, whole milliseconds
 * @param lateAt who answers at this time or later is late; null, and absent from the
 * JSON, if nobody is late
 * @param endsAt the deadline, at which the roll ends by itself; null, and absent from the
 * JSON, if it has none
 * @param code true if a presence needs a code; otherwise null, and absent from the JSON
 * @param present the number of students recorded so far
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OpenRoll(long classId, UUID rollId, Instant startedAt, @Nullable Instant lateAt, @Nullable Instant endsAt,
		@Nullable Boolean code, long present) {
}
