package rollcall.console;

/**
 * How a command ended, for scripts; every help text lists these.
 */
enum ExitCode {

	/** What was asked for is done. */
	DONE(0),
	/** The server said no: class zero, no such roll, or a roll that is open already. */
	REFUSED(1),
	/** The command line is not right; nothing was sent. */
	USAGE(2),
	/** No server was reached, or its answer was lost. */
	UNREACHABLE(3),
	/** The server answered with an error, or is no rollcall server. */
	SERVER_ERROR(4),
	/** Stopped with Ctrl-C, as every program says it; an open roll stays open. */
	INTERRUPTED(130);

	private final int value;

	ExitCode(int value) {
		this.value = value;
	}

	int value() {
		return this.value;
	}

}
