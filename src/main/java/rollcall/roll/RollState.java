package rollcall.roll;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An open roll without its students, after its options were changed.
 *
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param rollId the id of this roll
 * @param startedAt when the roll opened, UTC, whole milliseconds
 * @param lateAt as in {@link CurrentRoll}
 * @param endsAt as in {@link CurrentRoll}
 * @param code as in {@link CurrentRoll}
 * @param topic the STOMP destination on which its events are published
 * @param seq the number of the last change, 0 without changes
 * @param full as in {@link CurrentRoll}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RollState(long classId, UUID rollId, Instant startedAt, @Nullable Instant lateAt, @Nullable Instant endsAt,
		@Nullable Boolean code, String topic, long seq, @Nullable Boolean full) {
}
