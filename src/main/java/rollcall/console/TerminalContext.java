package rollcall.console;

import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

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
 * @param names the names of the class
 */
record TerminalContext(Terminal terminal, Texts texts, Function<String, @Nullable String> environment, Clock clock,
		Names names) {

	private static final List<String> STATUSES = List.of("present", "late", "excused", "absent");

	TerminalContext withNames(Names other) {
		return new TerminalContext(this.terminal, this.texts, this.environment, this.clock, other);
	}

	String text(String key, Object... arguments) {
		return this.texts.get(key, arguments);
	}

	/** Prints a result. */
	void print(String line) {
		this.terminal.print(line);
	}

	/** A text in bold and inverted colours, if the terminal shows them. */
	String highlighted(String text) {
		return isColoured() ? "\u001b[1;7m " + text + " \u001b[0m" : text;
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
		return withName(student.studentId()) + (arrived ? "" : "  " + statusOf(student));
	}

	/** The id, and with a roster the name, or that the roster does not have the id. */
	String withName(String studentId) {
		if (this.names.isEmpty()) {
			return studentId;
		}
		String name = this.names.find(studentId).orElseGet(() -> text("roster.unknown"));
		return name.isEmpty() ? studentId : studentId + "  " + name;
	}

	/** How many students count; with a roster, of how many, and how many others. */
	String present(Collection<String> studentIds) {
		if (this.names.isEmpty()) {
			return String.valueOf(studentIds.size());
		}
		long unknown = this.names.unknown(studentIds);
		return text("roster.count", this.names.among(studentIds), this.names.count())
				+ ((unknown > 0) ? " (+" + unknown + ")" : "");
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

	String codeLine(@Nullable Boolean required) {
		return text(Boolean.TRUE.equals(required) ? "code.on" : "code.off");
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
	 * students; then the same for those whom the teacher marked as absent and, with a
	 * roster, for those who did not answer.
	 * @param server the server that keeps the sheet
	 * @throws Failure if the lines cannot be written, for example to a full disk
	 */
	void printSheet(Sheet sheet, ServerAddress server) {
		print(endedLine(sheet.classId(), sheet.endedAt()));
		List<Presence> absences = (sheet.absences() != null) ? sheet.absences() : List.of();
		printLines(sheet.presences().stream().map(this::withStatus));
		print(text("roll.present", present(sheet.studentIds())));
		if (!absences.isEmpty()) {
			printLines(absences.stream().map(this::withStatus));
			print(text("roll.absent", absences.size()));
		}
		printMissing(Stream.concat(sheet.presences().stream(), absences.stream()).map(Presence::studentId).toList());
		if (this.terminal.hasFailed()) {
			throw new Failure(ExitCode.NOT_WRITTEN, "sheet.not-printed", sheet.rollId(), server);
		}
	}

	/**
	 * With a roster, prints each student who did not answer on a line, then their number.
	 * @param known the ids of the students who answered or were marked
	 */
	void printMissing(Collection<String> known) {
		if (!this.names.isEmpty()) {
			List<Roster.Student> missing = this.names.without(known);
			printLines(missing.stream().map((student) -> withName(student.id())));
			print(text("roster.missing", missing.size()));
		}
	}

	private void printLines(Stream<String> lines) {
		lines.forEach(this.terminal.out()::println);
	}

}
