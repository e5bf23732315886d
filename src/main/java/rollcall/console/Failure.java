package rollcall.console;

/**
 * A failure that ends a command. It has an exit code and the key of a message, which is
 * shown in the reader's language.
 */
class Failure extends RuntimeException {

	private final ExitCode exitCode;

	private final transient Object[] arguments;

	Failure(ExitCode exitCode, String messageKey, Object... arguments) {
		super(messageKey);
		this.exitCode = exitCode;
		this.arguments = arguments;
	}

	ExitCode exitCode() {
		return this.exitCode;
	}

	/** Whether the same request may succeed later. */
	boolean isTransient() {
		return this.exitCode == ExitCode.UNREACHABLE;
	}

	String message(Texts texts) {
		return texts.get(String.valueOf(getMessage()), this.arguments);
	}

	/** The answer was lost. The request may have taken effect. */
	static final class LostAnswer extends Failure {

		LostAnswer(String messageKey, Object... arguments) {
			super(ExitCode.UNREACHABLE, messageKey, arguments);
		}

	}

	/**
	 * The server is overloaded or starting, or another program has answered, such as a
	 * proxy or the login page of a Wi-Fi network. Such an answer decides nothing.
	 */
	static final class Passing extends Failure {

		Passing(String messageKey, Object... arguments) {
			super(ExitCode.SERVER_ERROR, messageKey, arguments);
		}

		@Override
		boolean isTransient() {
			return true;
		}

	}

	/** How a command ended, for scripts. Every help text lists the codes. */
	enum ExitCode {

		/** The command did its work. */
		DONE(0),
		/** The server refused: class zero, no such roll, or a roll is open already. */
		REFUSED(1),
		/** The command line is wrong. Nothing was sent. */
		USAGE(2),
		/** No server was reached, or its answer was lost. */
		UNREACHABLE(3),
		/** The server answered with an error, or is not a rollcall server. */
		SERVER_ERROR(4),
		/** The roll has ended, but its sheet was not written. The server keeps it. */
		NOT_WRITTEN(5),
		/** Stopped with Ctrl-C; 128 + SIGINT by convention. An open roll stays open. */
		INTERRUPTED(130);

		private final int value;

		ExitCode(int value) {
			this.value = value;
		}

		int value() {
			return this.value;
		}

	}

}
