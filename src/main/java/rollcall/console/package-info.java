/**
 * The teacher's and the student's console clients. They know the server only by its
 * contract and start no Spring context, so that they answer at once.
 */
@NullMarked
package rollcall.console;

import org.jspecify.annotations.NullMarked;
