package rollcall.roll;

import java.util.Map;

import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;

/**
 * The teacher has as many open rolls as one teacher may have; no roll was started.
 */
class TooManyRollsException extends ProblemException {

	TooManyRollsException(long classId) {
		super(ProblemType.TOO_MANY_ROLLS, Map.of("classId", classId));
	}

}
