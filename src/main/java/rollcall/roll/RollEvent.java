package rollcall.roll;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A message on a roll's live topic. It announces the new state of what a committed change
 * concerns. A client that sees a gap in {@code seq} has missed messages.
 *
 * @param type {@value #PRESENCE}, {@value #ABSENCE}, {@value #CHANGED}, or
 * {@value #ENDED} for the last message of the roll
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param rollId the id of the roll
 * @param seq the number of the change; in {@value #ENDED} the number of the last change,
 * 0 without changes
 * @param studentId the enrolment number; in {@value #ENDED} null, and absent from the
 * JSON
 * @param at as in {@link Presence}, or when the times were changed or the roll ended;
 * UTC, whole milliseconds
 * @param status as in {@link Presence}
 * @param by as in {@link Presence}
 * @param lateAt as in {@link RollOptions}; only in {@value #CHANGED}
 * @param endsAt as in {@link RollOptions}; only in {@value #CHANGED}
 * @param code true if a presence needs a code; only in {@value #CHANGED}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RollEvent(String type, long classId, UUID rollId, long seq, @Nullable String studentId, Instant at,
		@Nullable String status, @Nullable String by, @Nullable Instant lateAt, @Nullable Instant endsAt,
		@Nullable Boolean code) {

	/** The {@code type} of a student who counts: arrived, or set by the teacher. */
	public static final String PRESENCE = "presence";

	/** The {@code type} of a student who does not count any more. */
	public static final String ABSENCE = "absence";

	/** The {@code type} of a change of the roll's options. */
	public static final String CHANGED = "changed";

	/** The {@code type} of the last event of a roll. */
	public static final String ENDED = "ended";

	/**
	 * The beginning of the STOMP destination of each roll's topic. The roll's id follows.
	 */
	public static final String TOPIC_PREFIX = "/topic/rolls.";

	/**
	 * Creates the event of a student.
	 * @param student the new row of the student
	 */
	public static RollEvent ofStudent(long classId, UUID rollId, Presence student) {
		return new RollEvent(student.counts() ? PRESENCE : ABSENCE, classId, rollId, student.seq(), student.studentId(),
				student.at(), student.status(), student.by(), null, null, null);
	}

	/**
	 * Creates the event of a change of the options.
	 * @param seq the number of the change
	 * @param at when they were changed, whole milliseconds
	 */
	public static RollEvent changed(long classId, UUID rollId, long seq, Instant at, RollOptions options) {
		return new RollEvent(CHANGED, classId, rollId, seq, null, at, null, null, options.lateAt(), options.endsAt(),
				options.shownCode());
	}

	/**
	 * Creates the event of the end of a roll.
	 * @param lastSeq the number of the last change, 0 without changes
	 * @param at when the roll ended, whole milliseconds
	 */
	public static RollEvent ended(long classId, UUID rollId, long lastSeq, Instant at) {
		return new RollEvent(ENDED, classId, rollId, lastSeq, null, at, null, null, null, null, null);
	}

	/** The STOMP destination on which the events of a roll are published. */
	static String topicOf(UUID rollId) {
		return TOPIC_PREFIX + rollId;
	}

}
