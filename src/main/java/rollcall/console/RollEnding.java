package rollcall.console;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The end of a roll.
 *
 * @param at when it ended; null if that is unknown because its sheet is not kept
 * @param present the number of students who count
 */
record RollEnding(@Nullable Instant at, long present) {
}
