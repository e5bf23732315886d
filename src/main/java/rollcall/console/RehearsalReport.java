package rollcall.console;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import rollcall.console.Failure.ExitCode;
import rollcall.console.TestStudents.Answer;
import rollcall.roll.Sheet;

/**
 * Compares the answers of a rehearsal with its sheet and with what the dashboard showed,
 * and says in the last line whether the server can take the class.
 */
final class RehearsalReport {

	/** A wait that students accept. */
	private static final long QUICK_MILLIS = 1_000;

	/** After a longer wait students think that the server is broken. */
	private static final long LONGEST_MILLIS = 5_000;

	private final TerminalContext context;

	private final Duration period;

	private final TestStudents.Answers students;

	private final Sheet sheet;

	private final Map<String, Long> shown;

	/**
	 * Prints nothing yet.
	 * @param period in which the students were to arrive
	 */
	RehearsalReport(TerminalContext context, Duration period, Rehearsal.Outcome outcome) {
		this.context = context;
		this.period = period;
		this.students = outcome.students();
		this.sheet = outcome.sheet();
		this.shown = outcome.shown();
	}

	/** Prints the result. */
	ExitCode print() {
		List<Answer> recorded = this.students.last().stream().filter(Answer::isRecorded).toList();
		List<Answer> visible = recorded.stream()
			.filter((answer) -> this.shown.containsKey(answer.studentId()))
			.toList();
		Times answers = Times.of(recorded.stream().map((answer) -> answer.answered() - answer.planned()).toList());
		Times dashboard = Times.of(visible.stream()
			.map((answer) -> Objects.requireNonNull(this.shown.get(answer.studentId())) - answer.answered())
			.toList());
		printDetails(recorded.size(), visible.size(), dashboard);
		long wrong = wrong();
		int missing = this.students.count() - recorded.size();
		if (wrong > 0) {
			return refused("rehearse.wrong", wrong);
		}
		if (missing > 0) {
			return refused("rehearse.missing", missing);
		}
		if (visible.size() < recorded.size()) {
			return refused("rehearse.hidden", recorded.size() - visible.size());
		}
		if (answers.isSlow() || dashboard.slowest() > LONGEST_MILLIS) {
			return refused("rehearse.slow", answers.most(), answers.slowest());
		}
		say("rehearse.passed", answers.most(), answers.slowest());
		return ExitCode.DONE;
	}

	private void printDetails(int recorded, int visible, Times dashboard) {
		say("rehearse.recorded", recorded);
		say("rehearse.shown", visible, dashboard.most(), dashboard.slowest());
		if (this.students.busy() > 0) {
			say("rehearse.busy", this.students.busy());
		}
		if (this.students.lost() > 0) {
			say("rehearse.lost", this.students.lost());
		}
		reasons().forEach(this.context::print);
	}

	/** Why students were not recorded, each reason once. */
	private Set<String> reasons() {
		return this.students.last()
			.stream()
			.filter((answer) -> !answer.isRecorded())
			.map((answer) -> (answer.failure() != null) ? answer.failure().message(this.context.texts())
					: this.context.refusal("not-recorded.", this.sheet.classId(),
							Objects.requireNonNull(answer.receipt())))
			.collect(Collectors.toSet());
	}

	/**
	 * The number of students whose answer and the list differ: recorded and not in it,
	 * refused and in it, or in it twice.
	 */
	private long wrong() {
		Set<String> listed = new HashSet<>(this.sheet.studentIds());
		long twice = this.sheet.studentIds().size() - listed.size();
		return twice + this.students.last()
			.stream()
			.filter((answer) -> answer.receipt() != null && answer.isRecorded() != listed.contains(answer.studentId()))
			.count();
	}

	private ExitCode refused(String key, Object... arguments) {
		say(key, arguments);
		return ExitCode.REFUSED;
	}

	/** Every text may name the number of students and the period. */
	private void say(String key, Object... arguments) {
		Object[] all = new Object[arguments.length + 2];
		all[0] = this.students.count();
		all[1] = this.period.toSeconds() + " s";
		System.arraycopy(arguments, 0, all, 2, arguments.length);
		this.context.print(this.context.text(key, all));
	}

	/**
	 * Times in milliseconds.
	 *
	 * @param most 95 of 100 are not longer
	 * @param slowest the longest
	 */
	private record Times(long most, long slowest) {

		static Times of(List<Long> nanos) {
			List<Long> sorted = nanos.stream()
				.map((each) -> TimeUnit.NANOSECONDS.toMillis(Math.max(0, each)))
				.sorted()
				.toList();
			if (sorted.isEmpty()) {
				return new Times(0, 0);
			}
			return new Times(sorted.get((sorted.size() * 95 + 99) / 100 - 1), sorted.get(sorted.size() - 1));
		}

		boolean isSlow() {
			return this.most > QUICK_MILLIS || this.slowest > LONGEST_MILLIS;
		}

	}

}
