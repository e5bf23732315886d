package rollcall.pages;

import org.jspecify.annotations.Nullable;

/**
 * The form of the student's page with what was typed into it.
 *
 * @param linked whether the link named the class, so that the student need not type it
 * @param classText class number, from the link or as it was typed
 * @param studentText student id, as it was typed
 * @param error the error to show, null if there is none
 */
record StudentForm(boolean linked, String classText, String studentText, @Nullable Error error) {

	/** The longest part of a wrong text that a message repeats. */
	private static final int MAX_SHOWN = 40;

	static final StudentForm EMPTY = new StudentForm(false, "", "", null);

	static StudentForm linked(String classText) {
		return new StudentForm(true, classText, "", null);
	}

	/** The form with an error; after an error in the class its field is shown. */
	StudentForm with(Error error) {
		return new StudentForm(this.linked && error != Error.CLASS, this.classText, this.studentText, error);
	}

	/** The wrong text, shortened for a message. */
	static String shown(String typed) {
		String text = typed.strip();
		return (text.length() > MAX_SHOWN) ? text.substring(0, MAX_SHOWN) + "…" : text;
	}

	enum Error {

		CLASS, STUDENT, UNAVAILABLE

	}

}
