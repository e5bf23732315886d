package rollcall.console;

import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import rollcall.console.Failure.ExitCode;
import rollcall.roll.Presence;
import rollcall.roll.PresenceReceipt;
import rollcall.roll.Sheet;

/**
 * The terminal, the language and the environment of a command, and the lines about a roll
 * that several commands print.
 *
 * @param terminal reads and writes
 * @param texts the reader's language
 * @param environment the environment variables
 * @param clock the time of what is not sent to the server
 */
record TerminalContext(Terminal terminal, Texts texts, Function<String, @Nullable String> environment, Clock clock) {

	private static final List<String> STATUSES = List.of("present", "late", "excused", "absent");

	String text(String key, Object... arguments) {
		return this.texts.get(key, arguments);
	}

	/** Prints a result. */
	void print(String line) {
		this.terminal.print(line);
	}

	/** Prints a result in bold and inverted colours. */
	void printHighlighted(String line) {
		print(isColoured() ? "\u001b[1;7m " + line + " \u001b[0m" : line);
	}

	boolean isColoured() {
		return this.terminal.isGraphic() && this.environment.apply("NO_COLOR") == null;
	}

	/** Prints a message that is not a result, to standard error. */
	void warn(String line) {
		this.terminal.warn(line);
	}

	void warn(Failure failure) {
		warn(failure.message(this.texts));
	}

	/** Asks a question. Enter alone means yes. */
	boolean confirm(String question) {
		this.terminal.out().print(question + " ");
		this.terminal.out().flush();
		String answer = this.terminal.readLine();
		return answer != null && (answer.isBlank() || isAnswer(answer, "answer.yes"));
	}

	/**
	 * Whether the typed text is the word with this key, or the first letters of it.
	 */
	boolean isAnswer(String typed, String key) {
		String word = plain(typed);
		return !word.isEmpty() && text(key).startsWith(word);
	}

	/** Whether the typed text is the whole word with this key. */
	boolean isWord(String typed, String key) {
		return plain(typed).equals(text(key));
	}

	/**
	 * Reads the word of a status: in English, which always works, or in the reader's
	 * language.
	 * @return the code of the status; empty if the text is none
	 */
	Optional<String> status(String typed) {
		return STATUSES.stream()
			.filter((status) -> plain(typed).equals(status) || isWord(typed, "status." + status))
			.findFirst();
	}

	/** In lower case and without accents. */
	private String plain(String typed) {
		return Normalizer.normalize(typed.strip().toLowerCase(this.texts.locale()), Normalizer.Form.NFD)
			.replaceAll("\\p{M}", "");
	}

	String openedLine(long classId, Instant startedAt) {
		return text("roll.opened", classId, this.texts.dateAndTime(startedAt));
	}

	String openLine(long classId, Instant startedAt, long present) {
		return text("roll.open", classId, this.texts.dateAndTime(startedAt), present);
	}

	/**
	 * The line of an arrival or a mark.
	 * @param present the number of students who count after it
	 */
	String studentLine(Presence student, long present) {
		return "%5d  %s  ".formatted(present, this.texts.time(student.at())) + withStatus(student);
	}

	/** The id, and the status if it is not that of an arrival in time. */
	String withStatus(Presence student) {
		boolean arrived = student.status() == null && student.by() == null;
		return arrived ? student.studentId() : student.studentId() + "  " + statusOf(student);
	}

	String statusOf(Presence student) {
		String status = (student.status() != null) ? student.status() : "present";
		String by = (student.by() != null) ? "-by-" + student.by() : "";
		return this.texts.find("mark." + status + by).orElse(status);
	}

	String lateLine(@Nullable Instant lateAt) {
		return (lateAt != null) ? text("roll.late-from", this.texts.dateAndTime(lateAt)) : text("roll.nobody-late");
	}

	String endsLine(@Nullable Instant endsAt) {
		return (endsAt != null) ? text("roll.ends-at", this.texts.dateAndTime(endsAt)) : text("roll.no-deadline");
	}

	String endedLine(long classId, Instant endedAt) {
		return text("roll.ended", classId, this.texts.dateAndTime(endedAt));
	}

	/**
	 * Explains why a presence was refused.
	 * @param keys the beginning of the keys of the texts: for students or for teachers
	 */
	String refusal(String keys, long classId, PresenceReceipt presence) {
		String reason = String.valueOf(presence.reason());
		return this.texts.find(keys + reason, classId).orElseGet(() -> text("student.other", reason));
	}

	/**
	 * Prints the time of the end, then each student on a line, then the number of
	 * students; then the same for those whom the teacher marked as absent.
	 * @param server the server that keeps the sheet
	 * @throws Failure if the lines cannot be written, for example to a full disk
	 */
	void printSheet(Sheet sheet, ServerAddress server) {
		print(endedLine(sheet.classId(), sheet.endedAt()));
		printStudents(sheet.presences());
		print(text("roll.present", sheet.presences().size()));
		if (sheet.absences() != null) {
			printStudents(sheet.absences());
			print(text("roll.absent", sheet.absences().size()));
		}
		if (this.terminal.hasFailed()) {
			throw new Failure(ExitCode.NOT_WRITTEN, "sheet.not-printed", sheet.rollId(), server);
		}
	}

	private void printStudents(List<Presence> students) {
		students.stream().map(this::withStatus).forEach(this.terminal.out()::println);
	}

}
