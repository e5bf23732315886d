package rollcall.console;

import java.time.Instant;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import rollcall.roll.Presence;
import rollcall.roll.Sheet;

/**
 * The terminal, the language and the environment of a command, and the lines about a roll
 * that several commands print.
 *
 * @param terminal reads and writes
 * @param texts the reader's language
 * @param environment the environment variables
 */
record TerminalContext(Terminal terminal, Texts texts, Function<String, @Nullable String> environment) {

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
		this.terminal.err().println(line);
		this.terminal.err().flush();
	}

	/** Asks a question. Enter alone means yes. */
	boolean confirm(String question) {
		this.terminal.out().print(question + " ");
		this.terminal.out().flush();
		String answer = this.terminal.readLine();
		return answer != null && (answer.isBlank() || isAnswer(answer, "answer.yes"));
	}

	/** Whether the typed text is the word with this key, or the first letters of it. */
	boolean isAnswer(String typed, String key) {
		String word = typed.strip().toLowerCase(this.texts.locale());
		return !word.isEmpty() && this.texts.get(key).startsWith(word);
	}

	String openedLine(long classId, Instant startedAt) {
		return text("roll.opened", classId, this.texts.dateAndTime(startedAt));
	}

	String openLine(long classId, Instant startedAt, long present) {
		return text("roll.open", classId, this.texts.dateAndTime(startedAt), present);
	}

	String arrivalLine(Presence presence) {
		return "%5d  %s  %s".formatted(presence.seq(), this.texts.time(presence.at()), presence.studentId());
	}

	String endedLine(long classId, Instant endedAt) {
		return text("roll.ended", classId, this.texts.dateAndTime(endedAt));
	}

	/**
	 * Prints the time of the end, then each id on its own line, then the number of
	 * students.
	 */
	void printSheet(Sheet sheet) {
		print(endedLine(sheet.classId(), sheet.endedAt()));
		sheet.studentIds().forEach(this.terminal.out()::println);
		print(text("roll.present", sheet.studentIds().size()));
	}

}
