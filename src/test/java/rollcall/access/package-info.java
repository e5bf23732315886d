/**
 * Tries to get in, in every way that somebody has thought of.
 */
@NullMarked
package rollcall.access;

import org.jspecify.annotations.NullMarked;
