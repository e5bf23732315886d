package rollcall.roll;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The list of students of a roll that has ended.
 *
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param rollId the id of the roll that ended
 * @param startedAt when the roll opened, UTC, whole milliseconds
 * @param endedAt when the roll ended, UTC, whole milliseconds; no change is later
 * @param lateAt who answered at this time or later was late; null, and absent from the
 * JSON, if nobody was late
 * @param studentIds the enrolment numbers of those who count, in order of first arrival
 * @param presences the same students with number, time and status
 * @param absences the students whom the teacher marked as absent or excused; null, and
 * absent from the JSON, if there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sheet(long classId, UUID rollId, Instant startedAt, Instant endedAt, @Nullable Instant lateAt,
		List<String> studentIds, List<Presence> presences, @Nullable List<Presence> absences) {
}
