/**
 * Access control: hosts, origins, logins and teachers.
 */
@NullMarked
package rollcall.access;

import org.jspecify.annotations.NullMarked;
