package rollcall.console;

/**
 * A file cannot be read as a roster. The reason is a part of the key of its message.
 */
final class RosterRefusal extends RuntimeException {

	private final String reason;

	private final String cell;

	RosterRefusal(String reason) {
		this(reason, "");
	}

	RosterRefusal(String reason, String cell) {
		super(reason);
		this.reason = reason;
		this.cell = cell;
	}

	/** As a failure of a command that nothing was sent for. */
	Failure of(Object file) {
		return new Failure(Failure.ExitCode.USAGE, "roster." + this.reason, file, this.cell);
	}

}
