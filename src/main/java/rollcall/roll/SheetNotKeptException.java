package rollcall.roll;

import java.util.Map;
import java.util.UUID;

import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;

/**
 * No sheet of this roll is kept: it is open still, was erased, or never was.
 */
class SheetNotKeptException extends ProblemException {

	SheetNotKeptException(UUID rollId) {
		super(ProblemType.SHEET_NOT_KEPT, Map.of("rollId", rollId));
	}

}
