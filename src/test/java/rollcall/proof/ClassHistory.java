package rollcall.proof;

import java.util.ArrayList;
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
		this.rolls.values().forEach(this::learnFirstOptions);
		calls.forEach(this::learnChanges);
		this.rolls.values().forEach(this::learnDeadline);
		this.rolls.values().forEach(this::boundEnd);
	}

	private void learnFrom(Call call) {
		if (call.reply() instanceof Call.Started started) {
			RollSpan roll = roll(started.rollId());
			roll.startedAt = started.startedAt();
			roll.openedAfter = Math.min(roll.openedAfter, call.invoked());
			roll.openedBefore = Math.min(roll.openedBefore, call.completed());
		}
		else if (call.reply() instanceof Call.Current current) {
			RollSpan roll = roll(current.rollId());
			roll.startedAt = current.startedAt();
			roll.timesAfter.put(current.seq(), current.times());
			roll.openedBefore = Math.min(roll.openedBefore, call.completed());
		}
		else if (call.reply() instanceof Call.Ended ended) {
			RollSpan roll = roll(ended.sheet().rollId());
			roll.startedAt = ended.sheet().startedAt();
			roll.endedBefore = Math.min(roll.endedBefore, call.completed());
			if (roll.sheet == null || call.completed() < roll.handedOverBefore) {
				roll.handedOverBefore = call.completed();
				roll.handedOver(ended.sheet());
			}
		}
		else if (call.reply() instanceof Call.WaitingSheets sheets) {
			learnFromSheets(call, sheets);
		}
		else if (call.reply() instanceof Call.Codes codes) {
			RollSpan roll = roll(codes.rollId());
			roll.openedBefore = Math.min(roll.openedBefore, call.completed());
			codes.codes().forEach((code) -> roll.codes.merge(code.code(), CodeWindow.of(call, code), CodeWindow::and));
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

	/** The times with which the roll was started, and whether it required a code. */
	private void learnFirstOptions(RollSpan roll) {
		List<Call.SeenTimes> possible = new ArrayList<>();
		List<Boolean> codes = new ArrayList<>();
		for (Call call : this.calls) {
			if (call.reply() instanceof Call.Started started && started.rollId().equals(roll.rollId)) {
				roll.timesAfter.put(0L, started.times());
				possible = List.of(started.times());
				codes = List.of(started.code());
				break;
			}
			if (call.request() instanceof Call.Start start && call.unanswered() && roll.startedAt != null) {
				possible.add(start.times().of(roll.startedAt));
				codes.add(start.code());
			}
		}
		if (!possible.isEmpty()) {
			roll.times = new Writes<>(possible);
			roll.code = new Writes<>(codes);
		}
	}

	/** Only changes that name their roll are judged. */
	private void learnChanges(Call call) {
		if (call.request() instanceof Call.Mark mark && this.rolls.containsKey(mark.rollId())) {
			learnFrom(call, mark, roll(mark.rollId()));
		}
		else if (call.request() instanceof Call.SetTimes times && this.rolls.containsKey(times.rollId())) {
			learnFrom(call, times, roll(times.rollId()));
		}
		else if (call.request() instanceof Call.SetCode code && this.rolls.containsKey(code.rollId())) {
			learnFrom(call, code, roll(code.rollId()));
		}
	}

	private static void learnFrom(Call call, Call.SetCode code, RollSpan roll) {
		if (call.reply() instanceof Call.CodeSet set) {
			roll.numbers.add(set.seq());
			roll.timesAfter.put(set.seq(), set.times());
		}
		if (call.reply() instanceof Call.CodeSet || call.unanswered()) {
			roll.code.add(call, code.required());
		}
	}

	private static void learnFrom(Call call, Call.Mark mark, RollSpan roll) {
		if (call.reply() instanceof Call.Marked marked) {
			roll.numbers.add(marked.entry().seq());
		}
		if (call.reply() instanceof Call.Marked || call.unanswered()) {
			roll.marks.computeIfAbsent(mark.studentId(), (id) -> new Writes<>(List.of(""))).add(call, mark.status());
		}
	}

	private static void learnFrom(Call call, Call.SetTimes times, RollSpan roll) {
		if (call.reply() instanceof Call.TimesSet set) {
			roll.numbers.add(set.seq());
			roll.timesAfter.put(set.seq(), set.times());
			roll.times.add(call, set.times());
		}
		else if (call.unanswered()) {
			roll.times.add(call, times.times().of(roll.startedAt));
		}
	}

	/**
	 * If no roll is open although nobody asked for the end, the deadline has ended it.
	 */
	private void learnDeadline(RollSpan roll) {
		if (roll.hadDeadline()) {
			long asked = askedAfter(roll);
			this.calls.stream()
				.filter((call) -> call.reply() instanceof Call.NoneOpen && roll.openedBefore < call.invoked()
						&& call.completed() < asked)
				.mapToLong(Call::completed)
				.min()
				.ifPresent((over) -> roll.waitingBefore = Math.min(roll.waitingBefore, over));
		}
	}

	/**
	 * A roll ends by itself at an unknown time: after its start if it is abandoned, after
	 * a deadline was set otherwise.
	 */
	private void boundEnd(RollSpan roll) {
		roll.askedAfter = askedAfter(roll);
		roll.endedAfter = roll.askedAfter;
		if (roll.hadDeadline()) {
			long set = roll.times.firstInvoked((times) -> times.endsAt() != null);
			roll.endedAfter = Math.min(roll.endedAfter, (set != Long.MAX_VALUE) ? set : roll.openedAfter);
		}
		else if (roll.endedByItself()) {
			roll.endedAfter = roll.openedAfter;
		}
	}

	private long askedAfter(RollSpan roll) {
		return this.calls.stream()
			.filter((call) -> canEnd(call, roll))
			.mapToLong(Call::invoked)
			.min()
			.orElse(Long.MAX_VALUE);
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
