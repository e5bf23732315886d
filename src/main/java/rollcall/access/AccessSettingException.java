package rollcall.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * A setting that would open a door, or close one that somebody needs.
 */
class AccessSettingException extends RuntimeException {

	private final String action;

	/**
	 * Says what is wrong.
	 * @param description what is wrong, without the value if that may be a secret
	 * @param action what to do about it
	 */
	AccessSettingException(String description, String action) {
		super(description);
		this.action = action;
	}

	/**
	 * Says it in plain words instead of a stack trace. First of all analyzers: Boot's own
	 * would print the value, which may be a password.
	 */
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static class Analyzer extends AbstractFailureAnalyzer<AccessSettingException> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, AccessSettingException cause) {
			return new FailureAnalysis(cause.getMessage(), cause.action, cause);
		}

	}

}
