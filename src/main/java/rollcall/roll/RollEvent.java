package rollcall.roll;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A message of a roll's live topic: a numbered hint of what the store holds.
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

	static String topicOf(UUID rollId) {
		return TOPIC_PREFIX + rollId;
	}

}
