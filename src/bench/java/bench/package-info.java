/**
 * The Java programs of the benchmarks in {@code src/bench}. Not below {@code rollcall}, where the server's component
 * scan would find them.
 */
@NullMarked
package bench;

import org.jspecify.annotations.NullMarked;
