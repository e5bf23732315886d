package rollcall.proof;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The rules for starting, reading and ending a class's rolls.
 */
final class TeacherRules {

	private final Checker checker;

	private final ClassHistory story;

	private final Set<String> started = new HashSet<>();

	private final Map<String, Call> firstEnd = new HashMap<>();

	TeacherRules(Checker checker, ClassHistory story) {
		this.checker = checker;
		this.story = story;
	}

	void check() {
		for (Call call : this.story.calls) {
			if (call.reply() instanceof Call.Started reply) {
				checkStarted(call, reply);
			}
			else if (call.reply() instanceof Call.AlreadyOpen reply) {
				checkAlreadyOpen(call, reply);
			}
			else if (call.reply() instanceof Call.Current reply) {
				checkCurrent(call, reply);
			}
			else if (call.reply() instanceof Call.Ended reply) {
				checkEnded(call, reply);
			}
			else if (call.reply() instanceof Call.NoneOpen || call.reply() instanceof Call.OtherOpen) {
				checkDenied(call);
			}
		}
		this.story.rolls().forEach(this::checkHandedOver);
		this.story.rolls().forEach(this::checkWaiting);
	}

	/** A waiting sheet is in every list until a request for it may have been sent. */
	private void checkWaiting(RollSpan roll) {
		for (Call call : this.story.calls) {
			if (call.reply() instanceof Call.WaitingSheets sheets && !sheets.rollIds().contains(roll.rollId)
					&& roll.waitingBefore < call.invoked() && call.completed() < roll.askedAfter) {
				this.checker.report(Promise.P10, "the sheet of " + roll + " waited, and was gone: " + reply(call));
			}
		}
	}

	private static String reply(Call call) {
		return call.request() + " was answered " + call.reply();
	}

	/** Whether the teacher asked for the sheet and the answer was that none exists. */
	private boolean isDenied(RollSpan roll) {
		return this.story.calls.stream()
			.anyMatch((call) -> call.request() instanceof Call.End end && call.reply() instanceof Call.NoneOpen
					&& roll.openedBefore < call.invoked()
					&& (end.rollId() == null || end.rollId().equals(roll.rollId)));
	}

	private void checkStarted(Call call, Call.Started reply) {
		if (!this.started.add(reply.rollId())) {
			this.checker.report(Promise.P7, reply + " was answered to two starts");
		}
		RollSpan own = this.story.named(reply.rollId());
		if (own.sheet != null && !own.sheet.startedAt().equals(reply.startedAt())) {
			this.checker.report(Promise.P5, "the sheet of " + own + " says it started " + own.sheet.startedAt()
					+ "; the start's answer was " + reply);
		}
		for (RollSpan roll : this.story.rolls()) {
			if (roll != own && roll.surelyOpenDuring(call)) {
				this.checker.report(Promise.P7, reply + " was answered though " + roll + " was open the whole time");
			}
		}
	}

	private void checkAlreadyOpen(Call call, Call.AlreadyOpen reply) {
		boolean possible = this.story.rolls()
			.stream()
			.anyMatch((roll) -> roll.canHold(call)
					&& (roll.sheet == null || roll.sheet.startedAt().equals(reply.startedAt())));
		if (!possible) {
			this.checker.report(Promise.P7, call.request() + " was answered " + reply + ", which fits no roll");
		}
	}

	private void checkCurrent(Call call, Call.Current reply) {
		RollSpan roll = this.story.named(reply.rollId());
		if (!roll.canHold(call)) {
			this.checker.report(Promise.CONTRACT, roll + " was read as open when it was not: " + reply);
		}
		if (!roll.times.during(call).contains(reply.times())) {
			this.checker.report(Promise.P8, "a reading of " + roll + " has times that it did not have: " + reply);
		}
		long after = ((Call.Read) call.request()).after();
		Map<String, Call.Entry> rows = new HashMap<>();
		Set<Long> numbers = new HashSet<>();
		for (Call.Entry row : reply.entries()) {
			rows.put(row.studentId(), row);
			numbers.add(row.seq());
			if (row.seq() <= after || row.seq() > reply.seq() || !row.equals(row.with(reply.times()))) {
				this.checker.report(Promise.P5,
						row + " is wrong in a reading of " + roll + " after " + after + ": " + reply);
			}
		}
		if (numbers.size() != reply.entries().size() || roll.unexplained(after, reply.seq(), numbers) > 0) {
			this.checker.report(Promise.P5, "a reading of " + roll + " after " + after + " says seq " + reply.seq()
					+ " for " + reply.entries());
		}
		if (roll.sheet != null && !fits(rows, after, reply, roll, roll.sheet)) {
			this.checker.report(Promise.P8,
					"a reading of " + roll + " contradicts its sheet: " + reply + " against " + roll.sheet);
		}
	}

	/**
	 * Whether the sheet has every row that a reading showed, or a later mark of the same
	 * student, and whether the reading showed every row of its numbers.
	 */
	private static boolean fits(Map<String, Call.Entry> rows, long after, Call.Current reply, RollSpan roll,
			Call.SeenSheet sheet) {
		boolean inSheet = rows.values().stream().allMatch((row) -> {
			Call.Entry last = roll.entryOf(row.studentId());
			return last != null && (last.with(reply.times()).equals(row) || (last.isMarked() && last.seq() > reply.seq()
					&& (!last.counts() || !row.counts() || last.at().equals(row.at()))));
		});
		return inSheet && reply.startedAt().equals(sheet.startedAt())
				&& sheet.entries()
					.stream()
					.filter((row) -> row.seq() > after && row.seq() <= reply.seq())
					.allMatch((row) -> rows.containsKey(row.studentId()));
	}

	private void checkEnded(Call call, Call.Ended reply) {
		RollSpan roll = this.story.named(reply.sheet().rollId());
		String wanted = ((Call.End) call.request()).rollId();
		if (reply.sheet().classId() != this.story.classId || (wanted != null && !wanted.equals(roll.rollId))) {
			this.checker.report(Promise.P6, call.request() + " got the sheet of " + roll);
		}
		Call first = this.firstEnd.putIfAbsent(roll.rollId, call);
		if (first != null && !((Call.Ended) first.reply()).body().equals(reply.body())) {
			this.checker.report(Promise.P7,
					"two ends of " + roll + " got different sheets: " + first.reply() + " and " + reply);
		}
		if (first != null && wanted == null && ((Call.End) first.request()).rollId() == null) {
			this.checker.report(Promise.P7, "two ends without a condition both ended " + roll);
		}
	}

	/**
	 * Reports a 404 or 412 although the roll was open or its sheet was kept.
	 */
	private void checkDenied(Call call) {
		String wanted = wanted(call.request());
		for (RollSpan roll : this.story.rolls()) {
			if (roll.surelyOpenDuring(call) && (wanted == null || wanted.equals(roll.rollId))) {
				this.checker.report(Promise.CONTRACT,
						call.request() + " was answered " + call.reply() + " though " + roll + " was open");
			}
			else if (call.request() instanceof Call.End && roll.rollId.equals(wanted)
					&& roll.openedBefore < call.invoked()) {
				this.checker.report(Promise.P8, "the retried " + call.request() + " was answered " + call.reply());
			}
		}
	}

	/** The only roll that a request means; null for any. */
	private static @Nullable String wanted(Call.Request request) {
		if (request instanceof Call.End end) {
			return end.rollId();
		}
		if (request instanceof Call.Mark mark) {
			return mark.rollId();
		}
		if (request instanceof Call.SetCode code) {
			return code.rollId();
		}
		return (request instanceof Call.SetTimes times) ? times.rollId() : null;
	}

	private void checkHandedOver(RollSpan roll) {
		if (roll.openedAfter == Long.MAX_VALUE) {
			this.checker.report(Promise.CONTRACT, "no request can have started " + roll);
		}
		if (roll.sheet == null) {
			boolean lost = roll.askedAfter != Long.MAX_VALUE;
			this.checker.report(lost ? Promise.P8 : Promise.P1, roll + " never gave its sheet");
			if (!lost && isDenied(roll)) {
				this.checker.report(Promise.P10,
						roll + " ended by itself, and its sheet was erased before it was taken");
			}
		}
	}

}
