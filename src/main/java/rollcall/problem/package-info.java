/**
 * The API's own form of an error, {@code application/problem+json} (RFC 9457), whoever
 * finds it: a controller, a filter or Tomcat itself.
 */
@NullMarked
package rollcall.problem;

import org.jspecify.annotations.NullMarked;
