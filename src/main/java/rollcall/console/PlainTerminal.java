package rollcall.console;

import java.io.PrintWriter;

import org.jspecify.annotations.Nullable;

/**
 * No terminal at all: two writers and nobody to ask.
 *
 * @param out for results
 * @param err for everything else
 */
record PlainTerminal(PrintWriter out, PrintWriter err) implements Terminal {

	@Override
	public boolean isInteractive() {
		return false;
	}

	@Override
	public boolean isGraphic() {
		return false;
	}

	@Override
	public @Nullable String readLine() {
		return null;
	}

	@Override
	public char @Nullable [] readPassword(String prompt) {
		return null;
	}

	@Override
	public void onInterrupt(Runnable action) {
		// nobody presses anything here
	}

}
