/**
 * The pages for browsers: the student's page and the login page, rendered here so that
 * they work without JavaScript, and the resources of the teacher's dashboard.
 */
@NullMarked
package rollcall.pages;

import org.jspecify.annotations.NullMarked;
