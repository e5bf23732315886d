package rollcall.roll;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An open roll as it is in the store at one instant.
 *
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param rollId the id of this roll
 * @param startedAt when the roll opened, UTC, whole milliseconds
 * @param lateAt who answers at this time or later is late; null, and absent from the
 * JSON, if nobody is late
 * @param endsAt the deadline, at which the roll ends by itself; null, and absent from the
 * JSON, if it has none
 * @param code true if a presence needs a code; otherwise null, and absent from the JSON
 * @param topic the STOMP destination on which its events are published
 * @param seq the number of the last change, 0 without changes
 * @param full true if the roll has the maximum number of students; otherwise null, and
 * absent from the JSON
 * @param presences the students who count and whose last change is after the requested
 * {@code seq}, in order of {@code seq}
 * @param absences the same for students whom the teacher marked as absent or excused;
 * null, and absent from the JSON, if there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CurrentRoll(long classId, UUID rollId, Instant startedAt, @Nullable Instant lateAt,
		@Nullable Instant endsAt, @Nullable Boolean code, String topic, long seq, @Nullable Boolean full,
		List<Presence> presences, @Nullable List<Presence> absences) {

	/** The state of a roll that was just started. */
	public static CurrentRoll of(StartedRoll roll) {
		return new CurrentRoll(roll.classId(), roll.rollId(), roll.startedAt(), roll.lateAt(), roll.endsAt(),
				roll.code(), roll.topic(), 0, null, List.of(), null);
	}

}
