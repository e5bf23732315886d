package rollcall.roll;

import java.util.Map;

import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;

/**
 * The store did not confirm a change or a read. Repeating the request is always safe.
 * Public, because the student's page shows its own message for it.
 */
public class StoreUnavailableException extends ProblemException {

	private StoreUnavailableException(ProblemType type) {
		super(type, Map.of());
	}

	/** Too many changes were waiting; this one was not tried. */
	static StoreUnavailableException overloaded() {
		return new StoreUnavailableException(ProblemType.OVERLOADED);
	}

	/** The store failed or was too slow; the change may have taken effect. */
	static StoreUnavailableException failed() {
		return new StoreUnavailableException(ProblemType.STORE_UNAVAILABLE);
	}

}
