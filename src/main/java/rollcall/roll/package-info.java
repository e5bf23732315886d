/**
 * The roll: its contract, rules, writer and live feed. It knows neither the packages of
 * its two stores nor sockets, accounts and consoles.
 */
@NullMarked
package rollcall.roll;

import org.jspecify.annotations.NullMarked;
