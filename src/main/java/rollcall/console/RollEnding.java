package rollcall.console;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The end of a roll.
 *
 * @param at when it ended; null if that is unknown because its sheet is not kept
 * @param seq the number of the last presence
 */
record RollEnding(@Nullable Instant at, long seq) {
}
