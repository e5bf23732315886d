/**
 * The teacher's and the student's console clients. They use only the server's public API.
 * They start no Spring context, so that a command starts fast.
 */
@NullMarked
package rollcall.console;

import org.jspecify.annotations.NullMarked;
