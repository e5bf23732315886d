package rollcall.proof;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
		long after = ((Call.Read) call.request()).after();
		if (!roll.canHold(call)) {
			this.checker.report(Promise.CONTRACT, roll + " was read as open when it was not: " + reply);
		}
		if (reply.entries().size() != Math.max(0, reply.seq() - after)) {
			this.checker.report(Promise.P5, "a reading of " + roll + " after " + after + " says seq " + reply.seq()
					+ " for " + reply.entries());
		}
		if (roll.sheet == null) {
			return;
		}
		List<Call.Entry> sheet = roll.sheet.entries();
		boolean prefix = reply.seq() <= sheet.size() && after <= reply.seq()
				&& reply.entries().equals(sheet.subList((int) after, (int) reply.seq()));
		if (!prefix || !reply.startedAt().equals(roll.sheet.startedAt())) {
			this.checker.report(Promise.P8,
					"a reading of " + roll + " is not how its sheet begins: " + reply + " against " + roll.sheet);
		}
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
		String wanted = (call.request() instanceof Call.End end) ? end.rollId() : null;
		for (RollSpan roll : this.story.rolls()) {
			if (roll.surelyOpenDuring(call) && (wanted == null || wanted.equals(roll.rollId))) {
				this.checker.report(Promise.CONTRACT,
						call.request() + " was answered " + call.reply() + " though " + roll + " was open");
			}
			else if (roll.rollId.equals(wanted) && roll.openedBefore < call.invoked()) {
				this.checker.report(Promise.P8, "the retried " + call.request() + " was answered " + call.reply());
			}
		}
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
