/**
 * Gives every error the same form, {@code application/problem+json} (RFC 9457), whether a
 * controller, a filter or Tomcat detects it.
 */
@NullMarked
package rollcall.problem;

import org.jspecify.annotations.NullMarked;
