package rollcall.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The rules inside one sheet: its numbers and times, and no student twice.
 */
final class SheetRules {

	private final Checker checker;

	SheetRules(Checker checker) {
		this.checker = checker;
	}

	void check(ClassHistory story) {
		story.rolls().forEach((roll) -> {
			if (roll.sheet != null) {
				check(roll, roll.sheet);
			}
		});
	}

	private void check(RollSpan roll, Call.SeenSheet sheet) {
		checkOnce(roll, sheet);
		checkNumbers(roll, sheet);
		checkTimes(roll, sheet);
		List<String> counting = sheet.entries().stream().filter(Call.Entry::counts).map(Call.Entry::studentId).toList();
		if (!sheet.studentIds().equals(counting)) {
			this.checker.report(Promise.P4, "the two lists in the sheet of " + roll + " differ");
		}
	}

	private void checkOnce(RollSpan roll, Call.SeenSheet sheet) {
		Set<String> seen = new HashSet<>();
		for (Call.Entry entry : sheet.entries()) {
			if (!seen.add(entry.studentId())) {
				this.checker.report(Promise.P4, entry.studentId() + " is twice in the sheet of " + roll);
			}
		}
	}

	private void checkNumbers(RollSpan roll, Call.SeenSheet sheet) {
		Set<Long> numbers = new HashSet<>();
		long last = 0;
		Call.@Nullable Entry before = null;
		for (Call.Entry entry : sheet.entries()) {
			if (entry.seq() < 1 || !numbers.add(entry.seq())) {
				this.checker.report(Promise.P5,
						entry + " in the sheet of " + roll + " has the number of another change");
			}
			last = Math.max(last, entry.seq());
			if (!entry.isMarked()) {
				if (before != null && entry.seq() <= before.seq()) {
					this.checker.report(Promise.P5, entry + " comes after " + before + " in the sheet of " + roll);
				}
				before = entry;
			}
		}
		if (roll.unexplained(0, last, numbers) > 0) {
			this.checker.report(Promise.P5, "the numbers in the sheet of " + roll + " have a gap: " + sheet);
		}
	}

	/**
	 * No time is before the start, and none is after that of a later change or of the
	 * end. The time of a marked student who counts is that of the first arrival.
	 */
	private void checkTimes(RollSpan roll, Call.SeenSheet sheet) {
		List<Call.Entry> latestFirst = new ArrayList<>(sheet.entries());
		latestFirst.sort(Comparator.comparingLong(Call.Entry::seq).reversed());
		Instant limit = sheet.endedAt();
		for (Call.Entry entry : latestFirst) {
			if (entry.at().isAfter(limit) || entry.at().isBefore(sheet.startedAt())) {
				this.checker.report(Promise.P5, entry + " of " + roll + " is not between " + sheet.startedAt() + " and "
						+ limit + ", the time of a later change or of the end");
			}
			if (entry.isStamped()) {
				limit = entry.at();
			}
		}
		Instant first = sheet.startedAt();
		for (Call.Entry entry : sheet.entries().stream().filter(Call.Entry::counts).toList()) {
			if (entry.at().isBefore(first)) {
				this.checker.report(Promise.P5, entry + " of " + roll + " is listed after a later arrival at " + first);
			}
			first = entry.at();
		}
	}

}
