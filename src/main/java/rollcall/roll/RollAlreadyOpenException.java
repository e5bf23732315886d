package rollcall.roll;

import java.time.Instant;
import java.util.Map;

import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;

/**
 * A roll of the class is open already; it stays as it is.
 */
public class RollAlreadyOpenException extends ProblemException {

	RollAlreadyOpenException(long classId, Instant startedAt) {
		super(ProblemType.ROLL_ALREADY_OPEN, Map.of("classId", classId, "startedAt", startedAt));
	}

}
