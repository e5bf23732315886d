package rollcall.problem;

import java.util.Map;

/**
 * Refuses a request with a problem of a known type. It has no stack trace, because it is
 * an expected answer and not a fault.
 */
public class ProblemException extends RuntimeException {

	private final ProblemType type;

	private final transient Map<String, Object> details;

	/**
	 * Creates the problem.
	 * @param type its type
	 * @param details further members of the answer, by name
	 */
	public ProblemException(ProblemType type, Map<String, Object> details) {
		super(type.code(), null, false, false);
		this.type = type;
		this.details = details;
	}

	/** Returns the type of the problem. */
	public ProblemType type() {
		return this.type;
	}

	/** Returns further members of the answer, by name. */
	public Map<String, Object> details() {
		return this.details;
	}

}
