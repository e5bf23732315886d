package rollcall.console;

/**
 * A command cannot go on. Carries the exit code and the key of the message, so that it is
 * told in the reader's language.
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

	/** Whether the same request may do better in a moment. */
	boolean isPassing() {
		return this.exitCode == ExitCode.UNREACHABLE;
	}

	String in(Texts texts) {
		return texts.get(String.valueOf(getMessage()), this.arguments);
	}

	/** The request may have been carried out: only its answer is missing. */
	static final class LostAnswer extends Failure {

		LostAnswer(String messageKey, Object... arguments) {
			super(ExitCode.UNREACHABLE, messageKey, arguments);
		}

	}

	/** The server, or what stands before it, has too much to do or is starting. */
	static final class Busy extends Failure {

		Busy(String messageKey, Object... arguments) {
			super(ExitCode.SERVER_ERROR, messageKey, arguments);
		}

		@Override
		boolean isPassing() {
			return true;
		}

	}

}
