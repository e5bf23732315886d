/**
 * What a stranger may cost: connections, threads, bodies and memory.
 */
@NullMarked
package rollcall.load;

import org.jspecify.annotations.NullMarked;
