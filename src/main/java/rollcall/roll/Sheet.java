package rollcall.roll;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The list of students of a roll that has ended.
 *
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param rollId the id of the roll that ended
 * @param startedAt when the roll opened, UTC, whole milliseconds
 * @param endedAt when the roll ended, UTC, whole milliseconds; no presence is later
 * @param studentIds the enrolment numbers in order of arrival, each once
 * @param presences the same students with number and time
 */
public record Sheet(long classId, UUID rollId, Instant startedAt, Instant endedAt, List<String> studentIds,
		List<Presence> presences) {
}
