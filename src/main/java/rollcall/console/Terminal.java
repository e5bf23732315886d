package rollcall.console;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The input and output of a command. If the terminal can draw them, there are rows below
 * the printed lines: a panel of several rows, and a status line. JLine is not used,
 * because it adds 0.3 s to every start.
 */
abstract class Terminal {

	private static final String BOLD = "\u001b[1m";

	private static final String RESET = "\u001b[0m";

	private static final Pattern ESCAPE_SEQUENCE = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

	private static final String BELL = "\u0007";

	private static final long BETWEEN_BELLS_NANOS = 150_000_000;

	private final PrintWriter out;

	private final PrintWriter err;

	private final boolean interactive;

	private final boolean graphic;

	private final BottomRows bottom = new BottomRows();

	private List<String> panel = List.of();

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

	/** Prints a line above the panel and the status line. */
	synchronized void print(String line) {
		if (this.bottom.isEmpty()) {
			write(line, System.lineSeparator());
		}
		else {
			int rows = rows(line);
			write(this.bottom.makeRoom(rows), line, this.bottom.back(rows));
		}
	}

	/** Changes the status line; an empty text removes it. */
	synchronized void status(String text) {
		this.status = text;
		drawBottom();
	}

	/** Changes the rows above the status line; an empty list removes them. */
	synchronized void panel(List<String> rows) {
		this.panel = List.copyOf(rows);
		drawBottom();
	}

	private void drawBottom() {
		if (this.graphic) {
			Stream<String> last = this.status.isEmpty() ? Stream.empty() : Stream.of(BOLD + this.status + RESET);
			write(this.bottom.draw(Stream.concat(this.panel.stream(), last).toList(), size().rows()));
		}
	}

	/** How many rows of the screen a text needs. */
	private int rows(String text) {
		int columns = size().columns();
		String[] lines = ESCAPE_SEQUENCE.matcher(text).replaceAll("").split("\n", -1);
		return Stream.of(lines).mapToInt((line) -> Math.max(1, (line.length() + columns - 1) / columns)).sum();
	}

	/** Shows a status in the status line. Without a status line it prints the status. */
	synchronized void statusOrLine(String text) {
		status(text);
		if (!this.graphic) {
			print(text);
		}
	}

	/** Erases a typed line, because its result is printed. */
	synchronized void eraseTyped() {
		if (this.graphic) {
			write(this.bottom.eraseTyped());
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

	/** Prints a message to the error output, above the panel and the status line. */
	synchronized void warn(String line) {
		int rows = this.bottom.isEmpty() ? 0 : rows(line);
		write((rows > 0) ? this.bottom.makeRoom(rows) : "");
		this.err.println(line);
		this.err.flush();
		write((rows > 0) ? this.bottom.back(rows) : "");
	}

	/** Whether a line could not be written, for example because the disk is full. */
	boolean hasFailed() {
		return this.out.checkError();
	}

	private void write(String... parts) {
		this.out.print(String.join("", parts));
		this.out.flush();
	}

	/** The size of the screen. A person may change it at any time. */
	abstract TerminalSize size();

	/** Waits for a line; null at the end of the input. */
	abstract @Nullable String readLine();

	/** Asks for a password without showing it; null if there is no terminal. */
	abstract char @Nullable [] readPassword(String prompt);

	/** Calls the action at Ctrl-C instead of stopping the program. */
	abstract void onInterrupt(Runnable action);

}
