/**
 * The STOMP endpoint and its in-process broker, which send the events of a roll to its
 * teacher's dashboards and consoles.
 */
@NullMarked
package rollcall.live;

import org.jspecify.annotations.NullMarked;
