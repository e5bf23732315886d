package rollcall.roll;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A message on a roll's live topic. It announces a committed change. A client that sees a
 * gap in {@code seq} has missed messages.
 *
 * @param type {@value #PRESENCE}, or {@value #ENDED} for the last message of the roll
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param rollId the id of the roll
 * @param seq the number of the presence; in {@value #ENDED} the number of the last
 * presence, 0 without presences
 * @param studentId the enrolment number; in {@value #ENDED} null, and absent from the
 * JSON
 * @param at when the presence was recorded or the roll ended, UTC, whole milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RollEvent(String type, long classId, UUID rollId, long seq, @Nullable String studentId, Instant at) {

	/** The {@code type} of an arrival. */
	public static final String PRESENCE = "presence";

	/** The {@code type} of the last event of a roll. */
	public static final String ENDED = "ended";

	/**
	 * The beginning of the STOMP destination of each roll's topic. The roll's id follows.
	 */
	public static final String TOPIC_PREFIX = "/topic/rolls.";

	/**
	 * Creates the event of a recorded student.
	 * @param seq the number of the presence, from 1
	 * @param at when the presence was recorded, whole milliseconds
	 */
	public static RollEvent presence(long classId, UUID rollId, long seq, String studentId, Instant at) {
		return new RollEvent(PRESENCE, classId, rollId, seq, studentId, at);
	}

	/**
	 * Creates the event of the end of a roll.
	 * @param lastSeq the number of the last presence, 0 without presences
	 * @param at when the roll ended, whole milliseconds
	 */
	public static RollEvent ended(long classId, UUID rollId, long lastSeq, Instant at) {
		return new RollEvent(ENDED, classId, rollId, lastSeq, null, at);
	}

	/** The STOMP destination on which the events of a roll are published. */
	static String topicOf(UUID rollId) {
		return TOPIC_PREFIX + rollId;
	}

}
