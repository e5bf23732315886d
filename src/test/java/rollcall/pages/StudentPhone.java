package rollcall.pages;

import com.microsoft.playwright.Page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * The student's page in a browser, as a student or a scanner uses it.
 */
class StudentPhone {

	private final Page page;

	StudentPhone(Page page) {
		this.page = page;
	}

	Page page() {
		return this.page;
	}

	/** Opens the page of a class, or any other page. */
	StudentPhone open(String url) {
		this.page.navigate(url);
		return this;
	}

	/** Fills in the form and sends it. */
	StudentPhone answer(String studentId) {
		this.page.locator("#student").fill(studentId);
		this.page.locator("[data-send]").click();
		return this;
	}

	/** Types like a scanner: to wherever the focus is, and Enter at the end. */
	StudentPhone scan(String text) {
		this.page.keyboard().type(text);
		this.page.keyboard().press("Enter");
		return this;
	}

	/** Presses a button or a link of the screen that is shown. */
	StudentPhone press(String hook) {
		this.page.locator("[data-" + hook + "]:visible").click();
		return this;
	}

	/**
	 * Lets the page send again at once, unless it already does so by itself; then its
	 * button for that is gone.
	 */
	StudentPhone again() {
		this.page.evaluate("window.dispatchEvent(new Event('online'))");
		return this;
	}

	/** Requires that a screen is shown, and no other one. */
	StudentPhone shows(String state) {
		assertThat(this.page.locator("body")).hasAttribute("data-state", state);
		assertThat(this.page.locator("[data-screen]:visible")).hasAttribute("data-screen", state);
		return this;
	}

	/** Requires that an answer is shown, for a student. */
	StudentPhone shows(String state, String studentId) {
		assertThat(this.page.locator("[data-screen=" + state + "] [data-student]")).hasText(studentId);
		return shows(state);
	}

	/** Requires the form, with its cursor in the field of the id and this text in it. */
	StudentPhone asksWith(String text) {
		shows("form");
		assertThat(this.page.locator("#student")).isFocused();
		assertThat(this.page.locator("#student")).hasValue(text);
		return this;
	}

}
