/**
 * Load for the benchmarks; how to run them stands in the README.
 */
@NullMarked
package rollcall.bench;

import org.jspecify.annotations.NullMarked;
