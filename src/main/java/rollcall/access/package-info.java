/**
 * Who may do what, and what a stranger's packet may cost.
 */
@NullMarked
package rollcall.access;

import org.jspecify.annotations.NullMarked;
