/**
 * The embedded store: SQLite in the data folder of one server.
 */
@NullMarked
package rollcall.roll.sqlite;

import org.jspecify.annotations.NullMarked;
