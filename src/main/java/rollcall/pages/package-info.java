/**
 * What people see in a browser: the student's page, rendered here so that it works
 * without JavaScript, and what the teacher's dashboard needs besides the API.
 */
@NullMarked
package rollcall.pages;

import org.jspecify.annotations.NullMarked;
