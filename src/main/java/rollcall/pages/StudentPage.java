package rollcall.pages;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import rollcall.pages.Languages.Choice;
import rollcall.pages.StudentForm.Error;
import rollcall.roll.PresenceReceipt;

/**
 * The student's page in one of its states: the values that {@code student.mustache}
 * shows.
 *
 * @param language language tag of the page
 * @param text texts of the page, by key
 * @param languages languages to switch to
 * @param notice reason why this page is shown at another page's path, null if it is not
 * @param form the form
 * @param receipt the answer to show instead of the form, null if there is none yet
 * @param time time of the answer in the reader's format, null if there is none yet
 */
record StudentPage(String language, Map<String, Object> text, List<Choice> languages, @Nullable Notice notice,
		StudentForm form, @Nullable StudentReceipt receipt, @Nullable String time) {

	State state() {
		if (this.receipt == null) {
			return State.FORM;
		}
		return (this.receipt.reason() == null) ? State.RECORDED : State.REFUSED;
	}

	boolean asking() {
		return state() == State.FORM;
	}

	boolean recorded() {
		return state() == State.RECORDED;
	}

	boolean refused() {
		return state() == State.REFUSED;
	}

	boolean noOpenRoll() {
		return this.receipt != null && PresenceReceipt.NO_OPEN_ROLL.equals(this.receipt.reason());
	}

	boolean rollFull() {
		return this.receipt != null && PresenceReceipt.ROLL_FULL.equals(this.receipt.reason());
	}

	boolean removedByTeacher() {
		return this.receipt != null && PresenceReceipt.REMOVED_BY_TEACHER.equals(this.receipt.reason());
	}

	boolean otherReason() {
		return refused() && !noOpenRoll() && !rollFull() && !removedByTeacher();
	}

	boolean noPage() {
		return this.notice == Notice.NO_PAGE;
	}

	boolean teacherOnly() {
		return this.notice == Notice.TEACHER_ONLY;
	}

	boolean notRead() {
		return this.notice == Notice.NOT_READ;
	}

	boolean otherAddress() {
		return this.notice == Notice.OTHER_ADDRESS;
	}

	boolean invalidClass() {
		return this.form.error() == Error.CLASS;
	}

	boolean invalidCode() {
		return this.form.error() != null && this.form.error().inCode();
	}

	/** Whether the form sends no code. */
	boolean codeUnused() {
		return this.form.code() == null;
	}

	/** Whether the student types the code. The code of a link is hidden. */
	boolean codeAsked() {
		return !codeUnused() && this.form.ticket().isEmpty();
	}

	/** The code to send, empty if the student has to type another one. */
	String codeValue() {
		return invalidCode() ? "" : Objects.requireNonNullElse(this.form.code(), "");
	}

	boolean invalidStudent() {
		return this.form.error() == Error.STUDENT;
	}

	boolean unavailable() {
		return this.form.error() == Error.UNAVAILABLE;
	}

	String classProblem() {
		return problem("class", this.form.classText());
	}

	String codeProblem() {
		String key = switch (Objects.requireNonNull(this.form.error())) {
			case CODE_WRONG -> "codeWrong";
			case CODE_EXPIRED -> "codeExpired";
			default -> "codeMissing";
		};
		return text(key).replace("{typed}",
				StudentForm.shown(Objects.requireNonNullElse(this.form.code(), "").toUpperCase(Locale.ROOT)));
	}

	String studentProblem() {
		return problem("student", this.form.studentText());
	}

	private String problem(String field, String typed) {
		return typed.isBlank() ? text(field + "Missing")
				: text(field + "Wrong").replace("{typed}", StudentForm.shown(typed));
	}

	/** The heading of the recorded presence. */
	String recordedTitle() {
		return recordedText((this.receipt != null && this.receipt.late()) ? "late" : "title");
	}

	/** The sentence below it. */
	String recordedWhat() {
		return recordedText((this.receipt != null && this.receipt.earlier()) ? "earlier" : "what").replace("{time}",
				Objects.requireNonNullElse(this.time, ""));
	}

	private String recordedText(String key) {
		return String.valueOf(((Map<?, ?>) Objects.requireNonNull(this.text.get("recorded"))).get(key));
	}

	/** ISO-8601 time of the answer. */
	String at() {
		return (this.receipt != null) ? this.receipt.at().toString() : "";
	}

	/** Student id of the answer. */
	String answeredId() {
		return (this.receipt != null) ? this.receipt.studentId() : "";
	}

	/** Path to which the form is sent, and of the form itself. */
	String action() {
		return this.form.linked() ? "/" + this.form.classText() : "/";
	}

	/** Path of the form to which an answer leads back. */
	String back() {
		return recorded() ? action() : "/";
	}

	private String text(String key) {
		return String.valueOf(this.text.get(key));
	}

	enum State {

		FORM, RECORDED, REFUSED;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/** Why the student's page is shown at the path of another page. */
	enum Notice {

		/** The path has no page. */
		NO_PAGE,

		/** The page is the teacher's. */
		TEACHER_ONLY,

		/** What the browser sent cannot be read. */
		NOT_READ,

		/** The server refuses forms of this address, so the page has none. */
		OTHER_ADDRESS

	}

}
