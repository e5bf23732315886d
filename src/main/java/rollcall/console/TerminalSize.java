package rollcall.console;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many characters a screen shows.
 *
 * @param rows from top to bottom
 * @param columns from left to right
 */
record TerminalSize(int rows, int columns) {

	/** The size of nearly every terminal that was never resized. */
	static final TerminalSize USUAL = new TerminalSize(24, 80);

	private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("([1-9][0-9]{0,4}) ([1-9][0-9]{0,4})\\s*");

	/** Reads the answer of the program stty. */
	static TerminalSize parse(String answer) {
		Matcher numbers = ROWS_AND_COLUMNS.matcher(answer);
		return numbers.matches()
				? new TerminalSize(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2))) : USUAL;
	}

	/**
	 * Asks the program stty for the size, because the JDK does not know it. Without this
	 * program, as on Windows, it is the usual size.
	 */
	static final class Reader {

		/** The program needs some milliseconds, and windows are seldom resized. */
		private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);

		private TerminalSize last = USUAL;

		private long lastRead = System.nanoTime() - KEPT_NANOS;

		synchronized TerminalSize read() {
			if (System.nanoTime() - this.lastRead >= KEPT_NANOS) {
				this.last = ask();
				this.lastRead = System.nanoTime();
			}
			return this.last;
		}

		private static TerminalSize ask() {
			try {
				Process stty = new ProcessBuilder("stty", "size").redirectInput(Redirect.from(new File("/dev/tty")))
					.redirectError(Redirect.DISCARD)
					.start();
				return parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
			}
			catch (IOException ex) {
				return USUAL;
			}
		}

	}

}
