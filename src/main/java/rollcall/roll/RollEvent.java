package rollcall.roll;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A message of a roll's live topic: it announces a change, and its number shows gaps.
 *
 * @param type {@value #PRESENCE}, or {@value #ENDED}, which is the last of its roll
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param rollId the id of the roll
 * @param seq the number of the presence; of {@value #ENDED}: of the last presence, 0 if
 * there was none
 * @param studentId the enrolment number; absent from {@value #ENDED}
 * @param at when the presence was recorded or the roll ended, UTC, whole milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RollEvent(String type, long classId, UUID rollId, long seq, @Nullable String studentId, Instant at) {

	/** The {@code type} of an arrival. */
	public static final String PRESENCE = "presence";

	/** The {@code type} of the last event of a roll. */
	public static final String ENDED = "ended";

	/** What the destination of every roll's topic begins with; the roll's id follows. */
	public static final String TOPIC_PREFIX = "/topic/rolls.";

	/**
	 * A student was recorded.
	 * @param seq the number of the presence, from 1
	 */
	public static RollEvent presence(long classId, UUID rollId, long seq, String studentId, Instant at) {
		return new RollEvent(PRESENCE, classId, rollId, seq, studentId, at);
	}

	/**
	 * A roll ended.
	 * @param lastSeq the number of its last presence, 0 if there was none
	 */
	public static RollEvent ended(long classId, UUID rollId, long lastSeq, Instant at) {
		return new RollEvent(ENDED, classId, rollId, lastSeq, null, at);
	}

	/** The STOMP destination on which the events of a roll are published. */
	static String topicOf(UUID rollId) {
		return TOPIC_PREFIX + rollId;
	}

}
