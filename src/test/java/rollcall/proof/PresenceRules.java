package rollcall.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Compares the answers to students with the sheets, in both directions.
 */
final class PresenceRules {

	/** A server that always refuses is reported at most this often. */
	private static final int ENOUGH = 1_000;

	private final Checker checker;

	private final ClassHistory story;

	private final Map<String, Set<Long>> classesOf;

	private final Map<String, List<Call>> attempts = new HashMap<>();

	private int wronglyRefused;

	PresenceRules(Checker checker, ClassHistory story, Map<String, Set<Long>> classesOf) {
		this.checker = checker;
		this.story = story;
		this.classesOf = classesOf;
		for (Call call : story.presences()) {
			this.attempts.computeIfAbsent(studentOf(call), (id) -> new ArrayList<>()).add(call);
		}
	}

	void check() {
		for (Call call : this.story.presences()) {
			if (call.reply() instanceof Call.Recorded recorded) {
				checkRecorded(call, recorded);
			}
			else if (call.reply() instanceof Call.Refused) {
				checkRefused(call);
			}
		}
		for (RollSpan roll : this.story.rolls()) {
			if (roll.sheet != null) {
				roll.sheet.entries().forEach((entry) -> checkEntry(roll, entry));
			}
		}
		this.attempts.forEach(this::checkOnce);
		this.story.calls.forEach((call) -> {
			if (call.reply() instanceof Call.Current current) {
				checkReading(call, current);
			}
		});
	}

	private void checkRecorded(Call call, Call.Recorded recorded) {
		String student = studentOf(call);
		if (recorded.classId() != this.story.classId || !recorded.studentId().equals(student)) {
			this.checker.report(Promise.P6, call.request() + " got the answer of another student: " + recorded);
			return;
		}
		List<RollSpan> holders = rolls((roll) -> holds(roll, recorded));
		if (holders.stream().anyMatch((roll) -> roll.canHold(call))) {
			return;
		}
		List<RollSpan> possible = rolls((roll) -> roll.canHold(call));
		if (possible.isEmpty()) {
			this.checker.report(Promise.P2,
					call.request() + " was sent when no roll could be open, and acknowledged: " + recorded);
			return;
		}
		for (RollSpan roll : possible) {
			Call.Entry entry = roll.entryOf(student);
			if (entry != null) {
				boolean told = this.attempts.get(student)
					.stream()
					.anyMatch((other) -> other.reply() instanceof Call.Recorded first && first.at().equals(entry.at()));
				this.checker.report(told ? Promise.P7 : Promise.P5,
						recorded + " was answered, but the sheet of " + roll + " says " + entry);
				return;
			}
		}
		this.checker.report(Promise.P1, call.request() + " was acknowledged with " + recorded + " and is not in "
				+ possible + ((holders.isEmpty()) ? "" : " but in " + holders));
	}

	private void checkRefused(Call call) {
		if (this.wronglyRefused >= ENOUGH) {
			return;
		}
		for (RollSpan roll : rolls((roll) -> roll.surelyOpenDuring(call))) {
			this.wronglyRefused++;
			boolean repeat = this.attempts.get(studentOf(call))
				.stream()
				.anyMatch((earlier) -> earlier.reply() instanceof Call.Recorded recorded && holds(roll, recorded)
						&& earlier.completed() < call.invoked());
			this.checker.report(repeat ? Promise.P7 : Promise.P3, call.request() + (repeat ? ", a repeat," : "")
					+ " was answered zero though " + roll + " was open the whole time");
		}
	}

	private void checkEntry(RollSpan roll, Call.Entry entry) {
		List<Call> possible = this.attempts.getOrDefault(entry.studentId(), List.of())
			.stream()
			.filter(roll::canHold)
			.toList();
		if (possible.stream().anyMatch((call) -> call.reply() instanceof Call.Recorded || call.unanswered())) {
			return;
		}
		if (possible.stream().anyMatch((call) -> call.reply() instanceof Call.Refused)) {
			this.checker.report(Promise.P3, entry + " is in the sheet of " + roll + " though it was answered zero");
		}
		else if (this.classesOf.getOrDefault(entry.studentId(), Set.of()).stream().anyMatch(this::otherClass)) {
			this.checker.report(Promise.P6, entry + " of another class is in the sheet of " + roll);
		}
		else {
			this.checker.report(Promise.P4,
					entry + " is in the sheet of " + roll + ", but sent no request at that time");
		}
	}

	private void checkOnce(String student, List<Call> calls) {
		long sheets = rolls((roll) -> roll.entryOf(student) != null).size();
		long reasons = calls.stream()
			.filter((call) -> call.reply() instanceof Call.Recorded || call.unanswered())
			.count();
		if (sheets > reasons && reasons > 0) {
			this.checker.report(Promise.P1,
					student + " is in " + sheets + " sheets of class " + this.story.classId + " for " + calls);
		}
	}

	/** A presence acknowledged before a read began is in the result of the read. */
	private void checkReading(Call reading, Call.Current current) {
		RollSpan roll = this.story.named(current.rollId());
		for (Call call : this.story.presences()) {
			if (call.completed() < reading.invoked() && call.reply() instanceof Call.Recorded recorded
					&& holds(roll, recorded)) {
				Call.Entry entry = roll.entryOf(recorded.studentId());
				if (entry != null && entry.seq() > current.seq() && !heldEarlier(roll, call, recorded)) {
					this.checker.report(Promise.P1, entry + " was acknowledged before " + roll
							+ " was read, which then showed seq " + current.seq());
				}
			}
		}
	}

	private boolean heldEarlier(RollSpan roll, Call call, Call.Recorded recorded) {
		return !roll.canHold(call) || rolls((other) -> other != roll && holds(other, recorded)).size() > 0;
	}

	private static boolean holds(RollSpan roll, Call.Recorded recorded) {
		Call.Entry entry = roll.entryOf(recorded.studentId());
		return entry != null && entry.at().equals(recorded.at());
	}

	private boolean otherClass(long classId) {
		return classId != this.story.classId;
	}

	private List<RollSpan> rolls(Predicate<RollSpan> which) {
		return this.story.rolls().stream().filter(which).toList();
	}

	private static String studentOf(Call call) {
		return ((Call.Present) call.request()).studentId();
	}

}
