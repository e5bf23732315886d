package rollcall.settings;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Stops the start of the server. Spring Boot prints the description and the action
 * instead of a stack trace. Neither may contain the value of a setting that can be a
 * secret.
 */
public class StartupFailure extends RuntimeException {

	private final String action;

	/**
	 * Creates a failure without a cause.
	 * @param description what is wrong
	 * @param action what the operator can do about it
	 */
	public StartupFailure(String description, String action) {
		this(description, action, null);
	}

	/**
	 * Creates a failure with its cause, which is printed at log level debug only.
	 * @param description what is wrong
	 * @param action what the operator can do about it
	 * @param cause the exception behind it, null if there is none
	 */
	public StartupFailure(String description, String action, @Nullable Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	/** Returns what the operator can do about the failure. */
	public String action() {
		return this.action;
	}

	/**
	 * Comes before the other analyzers: Spring Boot's analyzer of settings would print
	 * the value, which may be a password.
	 */
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static class Analyzer extends AbstractFailureAnalyzer<StartupFailure> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, StartupFailure failure) {
			return new FailureAnalysis(failure.getMessage(), failure.action, failure);
		}

	}

}
