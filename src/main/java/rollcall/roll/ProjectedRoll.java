package rollcall.roll;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a projector's page may know of an open roll. It names no student and no topic.
 *
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param present the number of students who count so far
 * @param endsAt the deadline; null if there is none
 */
public record ProjectedRoll(long classId, long present, @Nullable Instant endsAt) {
}
