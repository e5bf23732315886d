package rollcall.roll;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;

/**
 * Creates the errors of requests that the state of a roll does not allow. Such a request
 * changes nothing.
 */
final class RollRefusals {

	private RollRefusals() {
	}

	/** No roll of the class is open, and no sheet of it waits. */
	static ProblemException noOpenRoll(long classId) {
		return new ProblemException(ProblemType.NO_OPEN_ROLL, Map.of("classId", classId));
	}

	/** The roll or the sheet belongs to another teacher. */
	static ProblemException notYourRoll(long classId) {
		return new ProblemException(ProblemType.NOT_YOUR_ROLL, Map.of("classId", classId));
	}

	/** The open roll of the class is not the one that was named. */
	static ProblemException anotherRollOpen(long classId) {
		return new ProblemException(ProblemType.ANOTHER_ROLL_OPEN, Map.of("classId", classId));
	}

	/**
	 * The class has an open roll. A teacher who may use it is told its id and its topic,
	 * to follow it as after a start of its own.
	 */
	static ProblemException rollAlreadyOpen(OpenRow roll, boolean usable) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("classId", roll.classId());
		details.put("startedAt", Instant.ofEpochMilli(roll.startedAt()));
		if (usable) {
			details.put("rollId", roll.rollId());
			details.put("topic", RollEvent.topicOf(roll.rollId()));
		}
		return new ProblemException(ProblemType.ROLL_ALREADY_OPEN, details);
	}

	/** The open roll requires no code. */
	static ProblemException noCode(long classId) {
		return new ProblemException(ProblemType.NO_CODE, Map.of("classId", classId));
	}

	/** The roll has the maximum number of students. */
	static ProblemException rollFull(long classId) {
		return new ProblemException(ProblemType.ROLL_FULL, Map.of("classId", classId));
	}

	/** The teacher has the maximum number of open rolls. */
	static ProblemException tooManyRolls(long classId) {
		return new ProblemException(ProblemType.TOO_MANY_ROLLS, Map.of("classId", classId));
	}

	/** The roll is still open, its sheet was erased, or no roll has this id. */
	static ProblemException sheetNotKept(UUID rollId) {
		return new ProblemException(ProblemType.SHEET_NOT_KEPT, Map.of("rollId", rollId));
	}

}
