package rollcall.roll;

import java.util.Map;

import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;

/**
 * The store did not confirm a change or a read. Repeating the request is always safe.
 * Public, because the student's page shows its own message for it.
 */
public class StoreUnavailableException extends ProblemException {

	private StoreUnavailableException(ProblemType type, Map<String, Object> details) {
		super(type, details);
	}

	/** Too many changes were waiting; this one was not tried. */
	static StoreUnavailableException overloaded() {
		return new StoreUnavailableException(ProblemType.OVERLOADED, Map.of());
	}

	/** The same problem with a ticket for the repeat, see {@link CodeTickets}. */
	StoreUnavailableException with(String ticket) {
		return new StoreUnavailableException(type(), Map.of("ticket", ticket));
	}

	/** The store failed or was too slow; the change may have taken effect. */
	static StoreUnavailableException failed() {
		return new StoreUnavailableException(ProblemType.STORE_UNAVAILABLE, Map.of());
	}

}
