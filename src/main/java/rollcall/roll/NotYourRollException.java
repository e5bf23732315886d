package rollcall.roll;

import java.util.Map;

import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;

/**
 * The roll belongs to another teacher.
 */
class NotYourRollException extends ProblemException {

	NotYourRollException(long classId) {
		super(ProblemType.NOT_YOUR_ROLL, Map.of("classId", classId));
	}

}
