package rollcall.proof;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The facts that a history proves about one roll: the intervals in which it opened and
 * ended, and its sheet. Unknown facts stay unknown, so that a correct server is never
 * reported.
 */
final class RollSpan {

	final long classId;

	final String rollId;

	/** The earliest possible time of its start. */
	long openedAfter = Long.MAX_VALUE;

	/** The latest possible time of its start. */
	long openedBefore = Long.MAX_VALUE;

	/** The earliest possible time of its end. */
	long endedAfter = Long.MAX_VALUE;

	/** The latest possible time of its end. */
	long endedBefore = Long.MAX_VALUE;

	/** The latest time at which the server had ended it and its sheet waited. */
	long waitingBefore = Long.MAX_VALUE;

	/** The time at which the first answer with its sheet had arrived. */
	long handedOverBefore = Long.MAX_VALUE;

	/** The time of the first request for its end or its sheet. */
	long askedAfter = Long.MAX_VALUE;

	Call.@Nullable SeenSheet sheet;

	private final Map<String, Call.Entry> byStudent = new HashMap<>();

	RollSpan(long classId, String rollId) {
		this.classId = classId;
		this.rollId = rollId;
	}

	void handedOver(Call.SeenSheet sheet) {
		this.sheet = sheet;
		sheet.entries().forEach((entry) -> this.byStudent.putIfAbsent(entry.studentId(), entry));
	}

	Call.@Nullable Entry entryOf(String studentId) {
		return this.byStudent.get(studentId);
	}

	boolean endedByItself() {
		return this.waitingBefore != Long.MAX_VALUE;
	}

	/** Whether the call can have taken effect while this roll was open. */
	boolean canHold(Call call) {
		return call.invoked() < this.endedBefore && (call.unanswered() || call.completed() > this.openedAfter);
	}

	/**
	 * Whether this roll was certainly open during the whole call.
	 */
	boolean surelyOpenDuring(Call call) {
		return this.openedBefore < call.invoked() && call.completed() < this.endedAfter;
	}

	@Override
	public String toString() {
		return "roll " + this.rollId + " of class " + this.classId;
	}

}
