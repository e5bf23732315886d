package rollcall.pages;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import rollcall.roll.PresenceReceipt;

/**
 * The student's page in one of its states: the values that {@code student.mustache}
 * shows.
 *
 * @param state the screen that is shown
 * @param error the error in the form, null if none is known
 * @param language language tag of the page
 * @param text texts of the page, by key
 * @param languages languages to switch to
 * @param linked whether the link named the class, so that the student need not type it
 * @param classText class number, from the link or as the student typed it
 * @param studentText student id, as the student typed it
 * @param reason code of the reason for a refusal, null if nothing was refused
 * @param at ISO-8601 time of the record or the refusal, null if there is none yet
 * @param time the same time in the reader's format
 */
record StudentPage(State state, @Nullable FormError error, String language, Map<String, Object> text,
		List<Choice> languages, boolean linked, String classText, String studentText, @Nullable String reason,
		@Nullable String at, @Nullable String time) {

	boolean form() {
		return this.state == State.FORM;
	}

	boolean recorded() {
		return this.state == State.RECORDED;
	}

	boolean refused() {
		return this.state == State.REFUSED;
	}

	boolean noOpenRoll() {
		return PresenceReceipt.NO_OPEN_ROLL.equals(this.reason);
	}

	boolean rollFull() {
		return PresenceReceipt.ROLL_FULL.equals(this.reason);
	}

	boolean invalidClass() {
		return this.error == FormError.CLASS;
	}

	boolean invalidStudent() {
		return this.error == FormError.STUDENT;
	}

	boolean unavailable() {
		return this.error == FormError.UNAVAILABLE;
	}

	/** Relative link from an answer back to the form. */
	String back() {
		return recorded() ? this.classText : "./";
	}

	enum State {

		FORM, RECORDED, REFUSED;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	enum FormError {

		CLASS, STUDENT, UNAVAILABLE

	}

	/**
	 * A language to switch to.
	 *
	 * @param tag BCP 47 tag
	 * @param name name of the language in the language itself
	 * @param href relative link that chooses the language
	 * @param chosen whether the page is in this language
	 */
	record Choice(String tag, String name, String href, boolean chosen) {
	}

}
