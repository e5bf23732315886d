package rollcall.roll;

import java.util.Map;

import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;

/**
 * Another roll of the class is open than the one that was named; it stays as it is.
 */
public class AnotherRollOpenException extends ProblemException {

	AnotherRollOpenException(long classId) {
		super(ProblemType.ANOTHER_ROLL_OPEN, Map.of("classId", classId));
	}

}
