/**
 * Checks the names of settings and profiles before anything is started.
 */
@NullMarked
package rollcall.settings;

import org.jspecify.annotations.NullMarked;
