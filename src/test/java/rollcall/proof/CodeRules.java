package rollcall.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The rules for codes: who sent none, or one that was not valid when the request arrived,
 * is not recorded and learns nothing; who sent a right one is not refused because of it.
 */
final class CodeRules {

	private final Checker checker;

	private final ClassHistory story;

	/** The presences by student. */
	private final Map<String, List<Call>> attempts = new HashMap<>();

	CodeRules(Checker checker, ClassHistory story) {
		this.checker = checker;
		this.story = story;
		for (Call call : story.presences()) {
			this.attempts.computeIfAbsent(sender(call).studentId(), (id) -> new ArrayList<>()).add(call);
		}
	}

	void check() {
		for (Call call : this.story.calls) {
			if (call.reply() instanceof Call.Recorded recorded) {
				checkRecorded(call, recorded);
			}
			else if (call.reply() instanceof Call.Refused refused && refused.ofCode()) {
				checkRefused(call, refused);
			}
			else if (call.reply() instanceof Call.Refused refused && refused.reason().equals(Call.Refused.REMOVED)) {
				checkTold(call, possible(call));
			}
			else if (call.request() instanceof Call.SetCode || call.request() instanceof Call.ReadCodes) {
				checkTeacher(call);
			}
			else if (call.reply() instanceof Call.Started started
					&& started.code() != ((Call.Start) call.request()).code()) {
				this.checker.report(Promise.CONTRACT, call.request() + " was answered " + started);
			}
			else if (call.reply() instanceof Call.Current current
					&& !this.story.named(current.rollId()).code.during(call).contains(current.code())) {
				this.checker.report(Promise.P8, "a reading says wrongly whether a code is required: " + current);
			}
		}
		for (RollSpan roll : this.story.rolls()) {
			if (roll.sheet != null) {
				roll.sheet.entries().stream().filter((row) -> !row.isMarked()).forEach((row) -> checkRow(roll, row));
			}
		}
	}

	private void checkTeacher(Call call) {
		if (call.reply() instanceof Call.CodeSet set) {
			Call.SetCode request = (Call.SetCode) call.request();
			if (set.required() != request.required()
					|| (request.rollId() != null && !request.rollId().equals(set.rollId()))) {
				this.checker.report(Promise.CONTRACT, request + " was answered " + set);
			}
			if (!this.story.named(set.rollId()).canHold(call)) {
				this.checker.report(Promise.P2, call + " was answered though its roll could not be open");
			}
		}
		else if (call.reply() instanceof Call.Codes codes) {
			RollSpan roll = this.story.named(codes.rollId());
			if (!roll.canHold(call) || !roll.code.during(call).contains(true)) {
				this.checker.report(Promise.CONTRACT, roll + " could have no codes: " + call);
			}
		}
		else if (call.reply() instanceof Call.NoCode) {
			for (RollSpan roll : this.story.rolls()) {
				if (roll.surelyOpenDuring(call) && !roll.code.during(call).contains(false)) {
					this.checker.report(Promise.CONTRACT, roll + " required a code, and had none to show: " + call);
				}
			}
		}
	}

	private void checkRecorded(Call call, Call.Recorded recorded) {
		List<RollSpan> possible = possible(call);
		List<RollSpan> own = possible.stream().filter((roll) -> PresenceRules.holds(roll, recorded)).toList();
		checkTold(call, own.isEmpty() ? possible : own);
	}

	/** The answer tells that the student is or was recorded, so it needs a code. */
	private void checkTold(Call call, List<RollSpan> possible) {
		if (!possible.isEmpty() && possible.stream()
			.noneMatch((roll) -> mayPermit(roll, call) || (mayBeRecorded(roll, call) && mayBeEarlier(roll, call)))) {
			this.checker.report(Promise.P11, call + " in " + possible);
		}
	}

	/** A row without a mark exists because a code permitted one of the requests. */
	private void checkRow(RollSpan roll, Call.Entry row) {
		List<Call> possible = this.attempts.getOrDefault(row.studentId(), List.of())
			.stream()
			.filter(roll::canHold)
			.filter((call) -> call.reply() instanceof Call.Recorded || call.unanswered())
			.toList();
		if (!possible.isEmpty() && possible.stream().noneMatch((call) -> mayPermit(roll, call))) {
			this.checker.report(Promise.P11, row + " is in the sheet of " + roll + " after " + possible);
		}
	}

	private void checkRefused(Call call, Call.Refused refused) {
		Call.Sent sent = sender(call).sent();
		boolean missing = refused.reason().equals(Call.Refused.CODE_MISSING);
		List<RollSpan> possible = possible(call).stream()
			.filter((roll) -> roll.code.during(call).contains(true))
			.toList();
		if (possible.isEmpty() || missing != (sent == null)) {
			this.checker.report(Promise.CONTRACT, call + " in " + possible);
			return;
		}
		if (sent == null) {
			return;
		}
		boolean expired = refused.reason().equals(Call.Refused.CODE_EXPIRED);
		if (expired && possible.stream().noneMatch((roll) -> mayBeEarlier(roll, call))) {
			this.checker.report(Promise.CONTRACT, call + " had no code of " + possible);
		}
		for (RollSpan roll : possible) {
			CodeWindow window = roll.codes.get(sent.code());
			if (window != null && roll.surelyOpenAt(refused.at(), call)) {
				checkWronglyRefused(call, roll, window, sent.ticket(), expired);
			}
		}
	}

	private void checkWronglyRefused(Call call, RollSpan roll, CodeWindow window, Call.@Nullable Ticket ticket,
			boolean expired) {
		if (window.surelyPermits(call.invoked(), call.completed())
				|| (ticket != null && window.surelyPermits(ticket, call))) {
			this.checker.report(Promise.P11, "a right code of " + roll + " was refused: " + call + ", " + window);
		}
		else if (window.wasSurelyShown(call) && (!expired || isSurelyRecorded(roll, call))) {
			this.checker.report(expired ? Promise.P7 : Promise.CONTRACT,
					"an earlier code of " + roll + " was refused: " + call + ", " + window);
		}
	}

	/** The rolls in which the request can have been decided. */
	private List<RollSpan> possible(Call call) {
		return this.story.rolls().stream().filter((roll) -> roll.canHold(call)).toList();
	}

	/** Whether the code can have permitted to record a new student. */
	private static boolean mayPermit(RollSpan roll, Call call) {
		// A request without an answer may arrive later, for example at a paused node.
		long until = call.unanswered() ? Long.MAX_VALUE : call.completed();
		if (roll.code.between(call.invoked(), until).contains(false)) {
			return true;
		}
		Call.Sent sent = sender(call).sent();
		CodeWindow window = (sent != null) ? roll.codes.get(sent.code()) : null;
		return window != null && (window.mayPermit(call.invoked(), until)
				|| (sent.ticket() != null && window.mayPermit(sent.ticket(), call)));
	}

	/** Whether the code can have been one that the roll has shown already. */
	private static boolean mayBeEarlier(RollSpan roll, Call call) {
		Call.Sent sent = sender(call).sent();
		CodeWindow window = (sent != null) ? roll.codes.get(sent.code()) : null;
		return window != null && window.mayBeShown(call);
	}

	private boolean mayBeRecorded(RollSpan roll, Call call) {
		String student = sender(call).studentId();
		return roll.marks.containsKey(student) || this.attempts.get(student)
			.stream()
			.anyMatch((other) -> other != call && (other.reply() instanceof Call.Recorded || other.unanswered())
					&& other.invoked() < call.completed());
	}

	private boolean isSurelyRecorded(RollSpan roll, Call call) {
		return this.attempts.get(sender(call).studentId())
			.stream()
			.anyMatch((other) -> other.reply() instanceof Call.Recorded recorded && PresenceRules.holds(roll, recorded)
					&& roll.openedBefore < other.invoked() && other.completed() < call.invoked());
	}

	private static Call.Present sender(Call call) {
		return (Call.Present) call.request();
	}

}
