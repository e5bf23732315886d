package rollcall.problem;

import java.util.Map;

/**
 * A request that cannot be granted, for a reason that the API has a name for. It carries
 * no stack trace: it is an answer, not a fault.
 */
public class ProblemException extends RuntimeException {

	private final ProblemType type;

	private final transient Map<String, Object> details;

	/**
	 * Names the problem.
	 * @param type its type
	 * @param details further members of the answer, by name
	 */
	public ProblemException(ProblemType type, Map<String, Object> details) {
		super(type.code(), null, false, false);
		this.type = type;
		this.details = details;
	}

	public ProblemType type() {
		return this.type;
	}

	public Map<String, Object> details() {
		return this.details;
	}

}
