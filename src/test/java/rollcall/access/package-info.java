/**
 * Tests who may do what, and attacks on the server.
 */
@NullMarked
package rollcall.access;

import org.jspecify.annotations.NullMarked;
