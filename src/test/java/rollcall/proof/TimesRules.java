package rollcall.proof;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules for the times of a roll, to the millisecond: who is late, and that nothing
 * takes effect at the deadline or after it.
 */
final class TimesRules {

	private final Checker checker;

	private final ClassHistory story;

	TimesRules(Checker checker, ClassHistory story) {
		this.checker = checker;
		this.story = story;
	}

	void check() {
		for (Call call : this.story.calls) {
			if (call.request() instanceof Call.SetTimes request) {
				checkAnswer(call, request);
			}
		}
		for (RollSpan roll : this.story.rolls()) {
			if (roll.sheet != null) {
				checkLate(roll, roll.sheet);
				checkEnd(roll, roll.sheet);
			}
		}
	}

	private void checkAnswer(Call call, Call.SetTimes request) {
		if (call.reply() instanceof Call.TimesSet set) {
			RollSpan roll = this.story.named(set.rollId());
			boolean meant = request.rollId() == null || request.rollId().equals(set.rollId());
			if (!meant || !request.times().of(Objects.requireNonNull(roll.startedAt)).equals(set.times())) {
				this.checker.report(Promise.CONTRACT, request + " was answered " + set);
			}
			if (!roll.canHold(call)) {
				this.checker.report(Promise.P2, call + " was answered though " + roll + " could not be open");
			}
		}
		else if (call.reply() instanceof Call.TooLate && request.times().endsAfterMs() == null) {
			this.checker.report(Promise.CONTRACT, request + " was answered that its deadline has passed");
		}
	}

	private void checkLate(RollSpan roll, Call.SeenSheet sheet) {
		Call.SeenTimes times = new Call.SeenTimes(sheet.lateAt(), null);
		if (roll.times.last().stream().noneMatch((last) -> Objects.equals(last.lateAt(), sheet.lateAt()))) {
			this.checker.report(Promise.P8, "the sheet of " + roll + " says that students are late from "
					+ sheet.lateAt() + " on; the teacher set " + roll.times.last());
		}
		for (Call.Entry row : sheet.entries()) {
			if (!row.equals(row.with(times))) {
				this.checker.report(Promise.P5, row + " is wrong in a sheet with " + times);
			}
		}
	}

	private void checkEnd(RollSpan roll, Call.SeenSheet sheet) {
		Set<Call.SeenTimes> last = roll.times.last();
		if (last.stream().anyMatch((times) -> times.endsAt() == null)) {
			return;
		}
		Set<Instant> deadlines = last.stream().map(Call.SeenTimes::endsAt).collect(Collectors.toSet());
		if (deadlines.stream().noneMatch((deadline) -> !sheet.endedAt().isAfter(deadline))) {
			this.checker.report(Promise.P5, roll + " ended " + sheet.endedAt() + ", after its deadline: " + last);
		}
		if (roll.endedByItself() && !deadlines.contains(sheet.endedAt())) {
			this.checker.report(Promise.P5,
					roll + " ended by itself " + sheet.endedAt() + ", not at its deadline: " + last);
		}
		for (Call.Entry row : sheet.entries()) {
			if (deadlines.stream().allMatch((deadline) -> !row.at().isBefore(deadline))) {
				this.checker.report(Promise.P5, row + " of " + roll + " took effect at the deadline or later: " + last);
			}
		}
	}

}
