package rollcall.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules for the marks of a class's teacher: an answered mark is in the sheet, unless
 * a later mark of the same student replaced it, and nobody else changes a student.
 */
final class MarkRules {

	private final Checker checker;

	private final ClassHistory story;

	/** The marks by roll and student. */
	private final Map<String, Map<String, List<Call>>> marks = new HashMap<>();

	MarkRules(Checker checker, ClassHistory story) {
		this.checker = checker;
		this.story = story;
		for (Call call : story.calls) {
			if (call.request() instanceof Call.Mark mark && mark.rollId() != null) {
				this.marks.computeIfAbsent(mark.rollId(), (id) -> new HashMap<>())
					.computeIfAbsent(mark.studentId(), (id) -> new ArrayList<>())
					.add(call);
			}
		}
	}

	void check() {
		for (RollSpan roll : this.story.rolls()) {
			Map<String, List<Call>> ofRoll = this.marks.getOrDefault(roll.rollId, Map.of());
			ofRoll.values().forEach((calls) -> checkAnswers(roll, calls));
			if (roll.sheet != null) {
				ofRoll.forEach((student, calls) -> checkKept(roll, student, calls));
				roll.sheet.entries()
					.stream()
					.filter(Call.Entry::isMarked)
					.forEach((row) -> checkMade(roll, row, ofRoll.getOrDefault(row.studentId(), List.of())));
				this.story.calls.forEach((call) -> checkReading(roll, call, ofRoll));
			}
		}
	}

	private void checkAnswers(RollSpan roll, List<Call> calls) {
		for (Call call : calls) {
			if (call.reply() instanceof Call.Marked marked) {
				if (!roll.canHold(call)) {
					this.checker.report(Promise.P2, call + " was answered though " + roll + " could not be open");
				}
				if (!isFor((Call.Mark) call.request(), marked.entry())) {
					this.checker.report(Promise.CONTRACT, call.request() + " was answered " + marked);
				}
				calls.stream()
					.filter((later) -> call.completed() < later.invoked() && later.reply() instanceof Call.Marked after
							&& after.entry().seq() < marked.entry().seq())
					.forEach((later) -> this.checker.report(Promise.P5, later + " has a lower number than " + call));
			}
		}
	}

	/** Whether a row is what a mark makes of a student. */
	private static boolean isFor(Call.Mark mark, Call.Entry row) {
		String status = mark.status().equals("present") ? null : mark.status();
		return row.equals(new Call.Entry(row.seq(), mark.studentId(), row.at(), status, "teacher"));
	}

	private void checkKept(RollSpan roll, String student, List<Call> calls) {
		Call.Entry row = roll.entryOf(student);
		for (Call call : calls) {
			if (call.reply() instanceof Call.Marked marked && (row == null || row.seq() < marked.entry().seq()
					|| !row.isMarked() || (row.seq() == marked.entry().seq() && !row.equals(marked.entry())))) {
				this.checker.report(Promise.P8,
						call.request() + " was answered " + marked + ", but the sheet of " + roll + " says " + row);
			}
		}
	}

	private void checkMade(RollSpan roll, Call.Entry row, List<Call> calls) {
		boolean made = calls.stream()
			.anyMatch((call) -> (call.reply() instanceof Call.Marked marked && marked.entry().equals(row))
					|| (call.unanswered() && isFor((Call.Mark) call.request(), row)));
		if (!made) {
			this.checker.report(Promise.P4, row + " is in the sheet of " + roll + ", and no teacher set it");
		}
	}

	/** A mark that was answered before a read began is in the result of the read. */
	private void checkReading(RollSpan roll, Call reading, Map<String, List<Call>> ofRoll) {
		if (!(reading.reply() instanceof Call.Current current) || !current.rollId().equals(roll.rollId)) {
			return;
		}
		Map<String, Long> shown = new HashMap<>();
		current.entries().forEach((row) -> shown.put(row.studentId(), row.seq()));
		long after = ((Call.Read) reading.request()).after();
		ofRoll.forEach((student, calls) -> calls.forEach((call) -> {
			if (call.completed() < reading.invoked() && call.reply() instanceof Call.Marked marked
					&& marked.entry().seq() > after && shown.getOrDefault(student, 0L) < marked.entry().seq()) {
				this.checker.report(Promise.P8, call + " is not in a later reading of " + roll + ": " + current);
			}
		}));
	}

}
