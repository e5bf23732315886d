package rollcall.console;

import java.io.PrintWriter;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The input and output of a command. If the terminal can draw it, there is a status line
 * below the printed lines. JLine is not used, because it adds 0.3 s to every start.
 */
abstract class Terminal {

	private static final String ERASE_LINE = "\r\u001b[2K";

	private static final String UP = "\u001b[1A";

	/** Cuts a long line at the edge, because ERASE_LINE erases one row only. */
	private static final String NO_WRAP = "\u001b[?7l";

	private static final String WRAP = "\u001b[?7h";

	private static final String BOLD = "\u001b[1m";

	private static final String RESET = "\u001b[0m";

	private static final String BELL = "\u0007";

	private static final long BETWEEN_BELLS_NANOS = 150_000_000;

	private final PrintWriter out;

	private final PrintWriter err;

	private final boolean interactive;

	private final boolean graphic;

	private String status = "";

	/**
	 * Creates a terminal, or pipes.
	 * @param out for results
	 * @param err for all other messages
	 * @param interactive whether a person reads and types
	 * @param graphic whether it shows colours, cursor movements and block characters
	 */
	Terminal(PrintWriter out, PrintWriter err, boolean interactive, boolean graphic) {
		this.out = out;
		this.err = err;
		this.interactive = interactive;
		this.graphic = graphic;
	}

	PrintWriter out() {
		return this.out;
	}

	PrintWriter err() {
		return this.err;
	}

	boolean isInteractive() {
		return this.interactive;
	}

	boolean isGraphic() {
		return this.graphic;
	}

	/** Prints a line above the status line. */
	synchronized void print(String line) {
		String drawn = drawnStatus();
		write(drawn.isEmpty() ? "" : ERASE_LINE, line, System.lineSeparator(), drawn);
	}

	/** Changes the status line; an empty text removes it. */
	synchronized void status(String text) {
		this.status = text;
		if (this.graphic) {
			write(ERASE_LINE, drawnStatus());
		}
	}

	/** Shows a status in the status line. Without a status line it prints the status. */
	synchronized void statusOrLine(String text) {
		status(text);
		if (!this.graphic) {
			print(text);
		}
	}

	/**
	 * Draws the status line again after a typed line, which has moved the cursor below
	 * it.
	 */
	synchronized void redrawAfterInput() {
		if (this.graphic) {
			write(UP, ERASE_LINE, drawnStatus());
		}
	}

	/** Rings the bell of the terminal. The pauses keep several rings apart. */
	void ring(int times) {
		for (int i = 0; this.interactive && i < times; i++) {
			if (i > 0) {
				LockSupport.parkNanos(BETWEEN_BELLS_NANOS);
			}
			write(BELL);
		}
	}

	/** Prints a message to the error output, above the status line. */
	synchronized void warn(String line) {
		String drawn = drawnStatus();
		write(drawn.isEmpty() ? "" : ERASE_LINE);
		this.err.println(line);
		this.err.flush();
		write(drawn);
	}

	/** Whether a line could not be written, for example because the disk is full. */
	boolean hasFailed() {
		return this.out.checkError();
	}

	private String drawnStatus() {
		return (this.graphic && !this.status.isEmpty()) ? NO_WRAP + BOLD + this.status + RESET + " " + WRAP : "";
	}

	private void write(String... parts) {
		this.out.print(String.join("", parts));
		this.out.flush();
	}

	/** Waits for a line; null at the end of the input. */
	abstract @Nullable String readLine();

	/** Asks for a password without showing it; null if there is no terminal. */
	abstract char @Nullable [] readPassword(String prompt);

	/** Calls the action at Ctrl-C instead of stopping the program. */
	abstract void onInterrupt(Runnable action);

}
