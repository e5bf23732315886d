package rollcall.roll;

import org.jspecify.annotations.Nullable;

/**
 * What a projector's page may know of an open roll. It names no student and no topic. All
 * times count from the answer.
 *
 * @param classId the class, 1 to {@value ClassId#MAX}
 * @param present the number of students who count so far
 * @param endsInMs milliseconds from the answer until the deadline; null if there is none
 * @param codes the codes to show; null if the roll requires none
 */
public record ProjectedRoll(long classId, long present, @Nullable Long endsInMs, @Nullable ShownCodes codes) {
}
