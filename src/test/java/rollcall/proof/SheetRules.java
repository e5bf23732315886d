package rollcall.proof;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

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
		Set<String> seen = new HashSet<>();
		Instant last = sheet.startedAt();
		long seq = 0;
		for (Call.Entry entry : sheet.entries()) {
			seq++;
			if (!seen.add(entry.studentId())) {
				this.checker.report(Promise.P4, entry.studentId() + " is twice in the sheet of " + roll);
			}
			if (entry.seq() != seq) {
				this.checker.report(Promise.P5, "place " + seq + " of the sheet of " + roll + " is numbered " + entry);
			}
			if (entry.at().isBefore(last)) {
				this.checker.report(Promise.P5, entry + " of " + roll + " is earlier than " + last + " before it");
			}
			last = entry.at();
		}
		if (sheet.endedAt().isBefore(last)) {
			this.checker.report(Promise.P5, roll + " ended " + sheet.endedAt() + ", before its last presence " + last);
		}
		if (!sheet.studentIds().equals(sheet.entries().stream().map(Call.Entry::studentId).toList())) {
			this.checker.report(Promise.P4, "the two lists in the sheet of " + roll + " differ");
		}
	}

}
