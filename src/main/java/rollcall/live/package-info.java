/**
 * The STOMP endpoint and its in-process broker, which send a roll's events to its
 * teacher.
 */
@NullMarked
package rollcall.live;

import org.jspecify.annotations.NullMarked;
