package rollcall.pages;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import rollcall.roll.PresenceReceipt;

/**
 * The form of the student's page with what was typed into it.
 *
 * @param linked whether the link named the class, so that the student need not type it
 * @param classText class number, from the link or as it was typed
 * @param code code of the roll, from the link or as it was typed; null if the form does
 * not ask for one
 * @param ticket ticket that belongs to the code, empty if there is none
 * @param studentText student id, as it was typed
 * @param error the error to show, null if there is none
 */
record StudentForm(boolean linked, String classText, @Nullable String code, String ticket, String studentText,
		@Nullable Error error) {

	/** The longest part of a wrong text that a message repeats. */
	private static final int MAX_SHOWN = 40;

	static final StudentForm EMPTY = new StudentForm(false, "", "", "", "", null);

	/** The form of a class. */
	static StudentForm linked(String classText) {
		return new StudentForm(true, classText, null, "", "", null);
	}

	/** The form of a class with the code of the link. */
	static StudentForm linked(String classText, String code, String ticket) {
		return new StudentForm(true, classText, code, ticket, "", null);
	}

	/** The form as a browser has sent it. */
	static StudentForm sent(boolean linked, Map<String, String> fields) {
		return new StudentForm(linked, fields.getOrDefault("class", ""),
				fields.getOrDefault("code", linked ? null : ""), fields.getOrDefault("ticket", ""),
				fields.getOrDefault("studentId", ""), null);
	}

	/** The form with an error; the field of a wrong class or code is shown. */
	StudentForm with(Error error) {
		boolean isCodeShown = error == Error.CLASS || error.inCode();
		return new StudentForm(this.linked && error != Error.CLASS, this.classText,
				isCodeShown ? Objects.requireNonNullElse(this.code, "") : this.code, isCodeShown ? "" : this.ticket,
				this.studentText, error);
	}

	/**
	 * The form to send again, because the store did not answer.
	 * @param repeatTicket the ticket for the repeat, null if there is none
	 */
	StudentForm unavailable(@Nullable String repeatTicket) {
		return new StudentForm(this.linked, this.classText, this.code,
				Objects.requireNonNullElse(repeatTicket, this.ticket), this.studentText, Error.UNAVAILABLE);
	}

	/** The wrong text, shortened for a message. */
	static String shown(String typed) {
		String text = typed.strip();
		return (text.length() > MAX_SHOWN) ? text.substring(0, MAX_SHOWN) + "…" : text;
	}

	enum Error {

		CLASS, STUDENT, CODE_MISSING, CODE_WRONG, CODE_EXPIRED, UNAVAILABLE;

		/** The error to show for a refusal, null if the refusal has a page of its own. */
		static @Nullable Error of(@Nullable String reason) {
			if (reason == null) {
				return null;
			}
			return switch (reason) {
				case PresenceReceipt.CODE_MISSING -> CODE_MISSING;
				case PresenceReceipt.CODE_WRONG -> CODE_WRONG;
				case PresenceReceipt.CODE_EXPIRED -> CODE_EXPIRED;
				default -> null;
			};
		}

		boolean inCode() {
			return this == CODE_MISSING || this == CODE_WRONG || this == CODE_EXPIRED;
		}

	}

}
