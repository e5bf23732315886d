package rollcall.proof;

import java.time.Instant;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * The whole list that a dashboard showed when it received the end of the roll.
 *
 * @param lateAt from when it showed students as late; null if nobody was late
 */
record View(String rollId, @Nullable Instant lateAt, Collection<Call.Entry> rows) {
}
