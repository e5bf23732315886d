package rollcall.console;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Reads the lines of the input on a thread of its own, because reading cannot be stopped.
 */
final class InputLines {

	private InputLines() {
	}

	/**
	 * Starts to read.
	 * @param typed called with each line, without white space around it
	 * @param ended called at the end of the input, and tells whether to read on: at a
	 * terminal, Ctrl-D ends the input, and more can be typed
	 */
	static void read(Terminal terminal, Consumer<String> typed, BooleanSupplier ended) {
		Thread thread = new Thread(() -> {
			do {
				for (String line = terminal.readLine(); line != null; line = terminal.readLine()) {
					typed.accept(line.strip());
				}
			}
			while (ended.getAsBoolean());
		}, "input");
		thread.setDaemon(true);
		thread.start();
	}

}
