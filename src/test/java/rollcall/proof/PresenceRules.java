package rollcall.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Compares the answers to students with the sheets, in both directions.
 */
final class PresenceRules {

	/** A server that always refuses is reported at most this often. */
	private static final int ENOUGH = 1_000;

	private static final Set<String> REMOVED = Set.of("absent", "excused");

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
			else if (call.reply() instanceof Call.Refused refused) {
				checkRefused(call, refused);
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
		List<RollSpan> own = holders.stream().filter((roll) -> roll.canHold(call)).toList();
		if (!own.isEmpty()) {
			checkStatus(call, recorded, own);
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

	/**
	 * A removed student is not recorded again, and the time or the mark says who is late.
	 */
	private void checkStatus(Call call, Call.Recorded recorded, List<RollSpan> possible) {
		Set<Boolean> late = new HashSet<>();
		boolean mayCount = false;
		for (RollSpan roll : possible) {
			for (String mark : roll.marksDuring(call, recorded.studentId())) {
				mayCount |= !REMOVED.contains(mark);
				if (mark.isEmpty()) {
					roll.times.during(call).forEach((times) -> late.add(times.status(recorded.at()) != null));
				}
				else {
					late.add(mark.equals("late"));
				}
			}
		}
		if (!mayCount) {
			this.checker.report(Promise.P3,
					call.request() + " was acknowledged though the teacher had removed the student: " + recorded);
		}
		else if (!late.contains(recorded.late())) {
			this.checker.report(Promise.P5, "late or not is wrong in " + recorded + " of " + possible);
		}
	}

	private void checkRefused(Call call, Call.Refused refused) {
		if (refused.reason().equals(Call.Refused.REMOVED)) {
			checkRemoved(call);
			return;
		}
		if (this.wronglyRefused >= ENOUGH || refused.ofCode()) {
			return;
		}
		for (RollSpan roll : rolls((roll) -> roll.surelyOpenAt(refused.at(), call))) {
			this.wronglyRefused++;
			boolean repeat = this.attempts.get(studentOf(call))
				.stream()
				.anyMatch((earlier) -> earlier.reply() instanceof Call.Recorded recorded && holds(roll, recorded)
						&& earlier.completed() < call.invoked());
			this.checker.report(repeat ? Promise.P7 : Promise.P3, call.request() + (repeat ? ", a repeat," : "")
					+ " was answered zero though " + roll + " was open the whole time");
		}
	}

	private void checkRemoved(Call call) {
		boolean possible = this.story.rolls()
			.stream()
			.anyMatch((roll) -> roll.canHold(call)
					&& roll.marksDuring(call, studentOf(call)).stream().anyMatch(REMOVED::contains));
		if (!possible) {
			this.checker.report(Promise.P3,
					call.request() + " was answered that the teacher removed the student, who was not removed");
		}
	}

	/** A row without a mark exists because the student asked. */
	private void checkEntry(RollSpan roll, Call.Entry entry) {
		if (entry.isMarked()) {
			return;
		}
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
		long sheets = rolls((roll) -> roll.entryOf(student) != null && !roll.entryOf(student).isMarked()).size();
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
		Set<String> shown = current.entries().stream().map(Call.Entry::studentId).collect(Collectors.toSet());
		for (Call call : this.story.presences()) {
			if (call.completed() < reading.invoked() && call.reply() instanceof Call.Recorded recorded
					&& holds(roll, recorded)) {
				Call.Entry entry = roll.entryOf(recorded.studentId());
				boolean missing = entry.isMarked() ? after(reading) == 0 && !shown.contains(entry.studentId())
						: entry.seq() > current.seq();
				if (missing && !heldEarlier(roll, call, recorded)) {
					this.checker.report(Promise.P1, entry + " was acknowledged before " + roll
							+ " was read, which then showed seq " + current.seq());
				}
			}
		}
	}

	private static long after(Call reading) {
		return ((Call.Read) reading.request()).after();
	}

	private boolean heldEarlier(RollSpan roll, Call call, Call.Recorded recorded) {
		return !roll.canHold(call) || rolls((other) -> other != roll && holds(other, recorded)).size() > 0;
	}

	/** A removed student's row has the time of the removal. */
	static boolean holds(RollSpan roll, Call.Recorded recorded) {
		Call.Entry entry = roll.entryOf(recorded.studentId());
		return entry != null
				&& (entry.counts() ? entry.at().equals(recorded.at()) : !entry.at().isBefore(recorded.at()));
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
