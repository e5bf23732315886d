package rollcall.roll;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says in plain words why the server does not start.
 */
class StoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StoreStartException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
