package rollcall.roll;

import java.util.Map;

import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;

/**
 * No roll of the class is open.
 */
public class NoOpenRollException extends ProblemException {

	NoOpenRollException(long classId) {
		super(ProblemType.NO_OPEN_ROLL, Map.of("classId", classId));
	}

}
