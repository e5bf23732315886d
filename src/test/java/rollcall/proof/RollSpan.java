package rollcall.proof;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a history proves about one roll: between which instants it opened and ended, and
 * its sheet. Whatever the answers leave open is left open here, so that a correct server
 * is never accused.
 */
final class RollSpan {

	final long classId;

	final String rollId;

	/** It did not open before this. */
	long openedAfter = Long.MAX_VALUE;

	/** It was open from here at the latest. */
	long openedBefore = Long.MAX_VALUE;

	/** It did not end before this. */
	long endedAfter = Long.MAX_VALUE;

	/** It had ended from here at the latest. */
	long endedBefore = Long.MAX_VALUE;

	/** It had ended by itself, and its sheet waited, from here at the latest. */
	long waitingBefore = Long.MAX_VALUE;

	/** The first answer with its sheet had come by then. */
	long handedOverBefore = Long.MAX_VALUE;

	/** Nobody asked for its end or its sheet before this. */
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
	 * Whether this roll was open during the whole call, whatever the unknown instants.
	 */
	boolean surelyOpenDuring(Call call) {
		return this.openedBefore < call.invoked() && call.completed() < this.endedAfter;
	}

	@Override
	public String toString() {
		return "roll " + this.rollId + " of class " + this.classId;
	}

}
