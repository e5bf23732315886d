/**
 * A live roll call for classrooms.
 */
@NullMarked
package rollcall;

import org.jspecify.annotations.NullMarked;
