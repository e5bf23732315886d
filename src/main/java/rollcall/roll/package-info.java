/**
 * The roll: its contract, its rules, its store, its live feed. Knows nothing of sockets,
 * accounts or consoles.
 */
@NullMarked
package rollcall.roll;

import org.jspecify.annotations.NullMarked;
