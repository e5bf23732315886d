/**
 * The teacher's and the student's console clients. They use the server's public contract
 * only and start no Spring context, so that they answer quickly.
 */
@NullMarked
package rollcall.console;

import org.jspecify.annotations.NullMarked;
