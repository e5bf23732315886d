package rollcall.roll;

import java.util.Map;

import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;

/**
 * The store did not take a change. Repeating the request is always safe.
 */
public class StoreUnavailableException extends ProblemException {

	private StoreUnavailableException(ProblemType type) {
		super(type, Map.of());
	}

	/** Too much was waiting; the change was not tried. */
	static StoreUnavailableException overloaded() {
		return new StoreUnavailableException(ProblemType.OVERLOADED);
	}

	/** The write failed or was too slow; the change may have been made nevertheless. */
	static StoreUnavailableException failed() {
		return new StoreUnavailableException(ProblemType.STORE_UNAVAILABLE);
	}

}
