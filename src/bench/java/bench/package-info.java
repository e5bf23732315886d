/**
 * Load for the benchmarks; how to run them stands in the README. Not below {@code rollcall}, whose
 * components the server finds by itself.
 */
@NullMarked
package bench;

import org.jspecify.annotations.NullMarked;
