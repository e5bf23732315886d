package rollcall.pages;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import rollcall.roll.PresenceReceipt;

/**
 * The student's page in one of its states, as {@code student.mustache} reads it.
 *
 * @param state which of its screens is shown
 * @param problem what is wrong with the form, null if nothing is known to be
 * @param language the language tag of the page
 * @param text its texts
 * @param languages the languages to switch to
 * @param linked whether the class came with the link, so that nobody has to type it
 * @param classText the class as it is known or was typed
 * @param studentText the student id as it was typed
 * @param reason the code of the reason of a refusal, null if nothing was refused
 * @param at when the presence was recorded or refused, ISO-8601; null if nothing was
 * @param time the same for people
 */
record StudentPage(State state, @Nullable Problem problem, String language, Map<String, Object> text,
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
		return this.problem == Problem.CLASS;
	}

	boolean invalidStudent() {
		return this.problem == Problem.STUDENT;
	}

	boolean unavailable() {
		return this.problem == Problem.UNAVAILABLE;
	}

	/** Where the way back from an answer leads. */
	String back() {
		return recorded() ? this.classText : "./";
	}

	enum State {

		FORM, RECORDED, REFUSED;

		@Override
		public String toString() {
			return name().toLowerCase(java.util.Locale.ROOT);
		}

	}

	enum Problem {

		CLASS, STUDENT, UNAVAILABLE

	}

	/**
	 * A language to switch to.
	 *
	 * @param tag its tag
	 * @param name its name for itself
	 * @param href where choosing it leads
	 * @param chosen whether the page is in it already
	 */
	record Choice(String tag, String name, String href, boolean chosen) {
	}

}
