/**
 * The live topic's way out: the STOMP endpoint and its in-process broker.
 */
@NullMarked
package rollcall.live;

import org.jspecify.annotations.NullMarked;
