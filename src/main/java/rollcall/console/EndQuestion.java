package rollcall.console;

/**
 * The question whether the roll ends. It knows whether the question is asked, and what a
 * typed line means then.
 */
final class EndQuestion {

	/** A scanner may send CR LF: the second key arrives as an empty line at once. */
	private static final long END_OF_SCAN_NANOS = 300_000_000;

	private final TerminalContext context;

	private boolean asked;

	private long lastText = System.nanoTime() - END_OF_SCAN_NANOS;

	EndQuestion(TerminalContext context) {
		this.context = context;
	}

	boolean isAsked() {
		return this.asked;
	}

	void ask() {
		this.asked = true;
	}

	/**
	 * Reads a line, which answers the question if it is asked. Then an empty line means
	 * no. Otherwise an empty line asks, unless it follows a scan at once.
	 */
	Meaning read(String line) {
		boolean answering = this.asked;
		this.asked = false;
		if (line.isEmpty()) {
			boolean endOfScan = System.nanoTime() - this.lastText < END_OF_SCAN_NANOS;
			return (answering || endOfScan) ? Meaning.NOTHING : Meaning.ASK;
		}
		if (answering && this.context.isAnswer(line, "answer.no")) {
			return Meaning.NOTHING;
		}
		if (answering && this.context.isAnswer(line, "answer.end")) {
			return Meaning.END;
		}
		if (answering && this.context.isAnswer(line, "answer.leave")) {
			return Meaning.LEAVE;
		}
		if (line.equals("?")) {
			return Meaning.HELP;
		}
		if (this.context.isWord(line, "answer.end") || this.context.isWord(line, "answer.leave")) {
			return Meaning.ASK;
		}
		this.lastText = System.nanoTime();
		return Meaning.STUDENT;
	}

	/** What a typed line means. */
	enum Meaning {

		/** The roll goes on. */
		NOTHING,
		/** The question must be asked. */
		ASK,
		/** The roll ends. */
		END,
		/** The command stops, and the roll stays open. */
		LEAVE,
		/** The lines that can be typed are explained. */
		HELP,
		/** The line is about a student, or a mistake. */
		STUDENT

	}

}
