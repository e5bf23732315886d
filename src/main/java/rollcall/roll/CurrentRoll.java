package rollcall.roll;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An open roll as it is in the store at one instant.
 *
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param rollId the id of this roll
 * @param startedAt when the roll opened, UTC, whole milliseconds
 * @param topic the STOMP destination on which its events are published
 * @param seq the number of the last presence, 0 while there is none
 * @param presences those after the {@code seq} that was asked for, in order of arrival
 */
public record CurrentRoll(long classId, UUID rollId, Instant startedAt, String topic, long seq,
		List<Presence> presences) {
}
