package rollcall.proof;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls of one class, and the rolls whose existence they prove.
 */
final class ClassHistory {

	final long classId;

	final List<Call> calls;

	private final Map<String, RollSpan> rolls = new LinkedHashMap<>();

	ClassHistory(long classId, List<Call> calls) {
		this.classId = classId;
		this.calls = calls;
		calls.forEach(this::learnFrom);
		this.rolls.values().forEach(this::boundStart);
		this.rolls.values().forEach(this::boundEnd);
	}

	private void learnFrom(Call call) {
		if (call.reply() instanceof Call.Started started) {
			RollSpan roll = roll(started.rollId());
			roll.openedAfter = Math.min(roll.openedAfter, call.invoked());
			roll.openedBefore = Math.min(roll.openedBefore, call.completed());
		}
		else if (call.reply() instanceof Call.Current current) {
			RollSpan roll = roll(current.rollId());
			roll.openedBefore = Math.min(roll.openedBefore, call.completed());
		}
		else if (call.reply() instanceof Call.Ended ended) {
			RollSpan roll = roll(ended.sheet().rollId());
			roll.endedBefore = Math.min(roll.endedBefore, call.completed());
			if (roll.sheet == null || call.completed() < roll.handedOverBefore) {
				roll.handedOverBefore = call.completed();
				roll.handedOver(ended.sheet());
			}
		}
		else if (call.reply() instanceof Call.WaitingSheets sheets) {
			learnFromSheets(call, sheets);
		}
	}

	private void learnFromSheets(Call call, Call.WaitingSheets sheets) {
		for (String rollId : sheets.rollIds()) {
			RollSpan roll = roll(rollId);
			roll.waitingBefore = Math.min(roll.waitingBefore, call.completed());
			roll.endedBefore = Math.min(roll.endedBefore, call.completed());
		}
	}

	private RollSpan roll(String rollId) {
		return this.rolls.computeIfAbsent(rollId, (id) -> new RollSpan(this.classId, id));
	}

	/**
	 * An abandoned roll ended at an unknown time after its start.
	 */
	private void boundEnd(RollSpan roll) {
		roll.askedAfter = this.calls.stream()
			.filter((call) -> canEnd(call, roll))
			.mapToLong(Call::invoked)
			.min()
			.orElse(Long.MAX_VALUE);
		roll.endedAfter = roll.endedByItself() ? roll.openedAfter : roll.askedAfter;
	}

	/**
	 * A roll whose start was not answered may have opened as soon as such a start was
	 * sent.
	 */
	private void boundStart(RollSpan roll) {
		if (roll.openedAfter == Long.MAX_VALUE) {
			roll.openedAfter = this.calls.stream()
				.filter((call) -> call.request() instanceof Call.Start && call.unanswered())
				.mapToLong(Call::invoked)
				.min()
				.orElse(Long.MAX_VALUE);
		}
	}

	private static boolean canEnd(Call call, RollSpan roll) {
		if (!(call.request() instanceof Call.End end) || (end.rollId() != null && !end.rollId().equals(roll.rollId))) {
			return false;
		}
		return call.unanswered()
				|| (call.reply() instanceof Call.Ended ended && ended.sheet().rollId().equals(roll.rollId));
	}

	Collection<RollSpan> rolls() {
		return this.rolls.values();
	}

	/** The span of a roll that an answer named. */
	RollSpan named(String rollId) {
		return roll(rollId);
	}

	List<Call> presences() {
		return this.calls.stream().filter((call) -> call.request() instanceof Call.Present).toList();
	}

}
