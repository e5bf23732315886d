/**
 * Limits what a client may use: connections, threads, time, bodies and memory.
 */
@NullMarked
package rollcall.load;

import org.jspecify.annotations.NullMarked;
