package rollcall.console;

/**
 * Lines that come by themselves, above a last line that says how things stand. Where
 * there is no such terminal the lines are all there is.
 */
final class Screen {

	private static final String ERASE_LINE = "\r\u001b[2K";

	private static final String UP = "\u001b[1A";

	private static final String BOLD = "\u001b[1m";

	private static final String RESET = "\u001b[0m";

	private final Terminal terminal;

	private String status = "";

	Screen(Terminal terminal) {
		this.terminal = terminal;
	}

	void line(String text) {
		write(this.terminal.isGraphic() ? ERASE_LINE : "", text + System.lineSeparator(), drawn());
	}

	/** Changes the last line; an empty text takes it away. */
	void status(String text) {
		this.status = text;
		if (this.terminal.isGraphic()) {
			write(ERASE_LINE, drawn());
		}
	}

	/**
	 * Says something that must be read, also where there is no last line to say it in.
	 */
	void question(String text) {
		status(text);
		if (!this.terminal.isGraphic()) {
			line(text);
		}
	}

	/** A typed line has left the cursor below the last line. */
	void typed() {
		if (this.terminal.isGraphic()) {
			write(UP, ERASE_LINE, drawn());
		}
	}

	private String drawn() {
		boolean shown = this.terminal.isGraphic() && !this.status.isEmpty();
		return shown ? BOLD + this.status + RESET + " " : "";
	}

	private void write(String... parts) {
		for (String part : parts) {
			this.terminal.out().print(part);
		}
		this.terminal.out().flush();
	}

}
