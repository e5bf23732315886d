/**
 * Tests of the pages, in a real browser and without one.
 */
@NullMarked
package rollcall.pages;

import org.jspecify.annotations.NullMarked;
