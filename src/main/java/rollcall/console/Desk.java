package rollcall.console;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What every command works with.
 *
 * @param terminal where the reader sits
 * @param texts the reader's language
 * @param times the reader's clock
 * @param environment the environment variables
 */
record Desk(Terminal terminal, Texts texts, LocalTime24 times, Function<String, @Nullable String> environment) {

	String text(String key, Object... arguments) {
		return this.texts.get(key, arguments);
	}

	/** Writes a result. */
	void say(String line) {
		this.terminal.out().println(line);
		this.terminal.out().flush();
	}

	/** Writes a result that must not be overlooked. */
	void proclaim(String line) {
		say(isColoured() ? "\u001b[1;7m " + line + " \u001b[0m" : line);
	}

	boolean isColoured() {
		return this.terminal.isGraphic() && this.environment.apply("NO_COLOR") == null;
	}

	/** Writes what is no result. */
	void warn(String line) {
		this.terminal.err().println(line);
		this.terminal.err().flush();
	}

	/** Asks a question that Enter answers with yes. */
	boolean agrees(String question) {
		this.terminal.out().print(question + " ");
		this.terminal.out().flush();
		String answer = this.terminal.readLine();
		return answer != null && (answer.isBlank() || isAnswer(answer, "answer.yes"));
	}

	/** Whether a typed line begins like the word under the key. */
	boolean isAnswer(String typed, String key) {
		String word = typed.strip().toLowerCase(this.texts.locale());
		return !word.isEmpty() && this.texts.get(key).startsWith(word);
	}

}
