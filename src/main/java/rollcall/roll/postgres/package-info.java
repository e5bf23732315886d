/**
 * The shared store: PostgreSQL, with notifications between the nodes.
 */
@NullMarked
package rollcall.roll.postgres;

import org.jspecify.annotations.NullMarked;
