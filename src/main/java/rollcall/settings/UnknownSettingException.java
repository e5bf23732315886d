package rollcall.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A name that was set means nothing here. No value is in the message, because it may be a
 * password.
 */
class UnknownSettingException extends RuntimeException {

	UnknownSettingException(String message) {
		super(message);
	}

	/** Prints the names without a stack trace. */
	static class Analyzer extends AbstractFailureAnalyzer<UnknownSettingException> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, UnknownSettingException cause) {
			return new FailureAnalysis(cause.getMessage(), "Correct the name, or remove it.", cause);
		}

	}

}
