package rollcall.console;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import rollcall.console.Failure.ExitCode;

/** Tries a whole roll call with test students, before the real ones come. */
@Command(name = "rehearse")
final class RehearseCommand extends ClassCommand {

	private static final int MOST_STUDENTS = 5_000;

	@Option(names = "--students", paramLabel = "${bundle:label.number}")
	private String students = "300";

	@Option(names = "--over", paramLabel = "${bundle:label.duration}")
	private String over = "60s";

	@Option(names = "--seed", paramLabel = "${bundle:label.number}")
	private String seed = "1";

	@Option(names = "--code")
	private boolean code;

	RehearseCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		Duration period = TypedDuration.parse(this.over);
		int count = count(this.students);
		RollClient teacher = connect().withOwnConnections();
		TestStudents phones = new TestStudents(connectWithoutLogin().withOwnConnections(), codes(teacher, classId),
				TestStudents.plan(count, period, this.seed.hashCode()));
		Optional<Rehearsal.Outcome> outcome = new Rehearsal(context(), teacher, phones).run(classId, this.code);
		if (outcome.isEmpty()) {
			context().warn(context().text("rehearse.stopped", classId));
			return ExitCode.INTERRUPTED;
		}
		return new RehearsalReport(context(), period, outcome.get()).print();
	}

	/** Where test students read the code. With several of them, one asks the server. */
	private Supplier<@Nullable StudentCode> codes(RollClient teacher, long classId) {
		TeacherCodes codes = new TeacherCodes(teacher, classId, context().clock());
		return () -> this.code ? codes.current().map(TimedCodes.Current::code).map(StudentCode::new).orElse(null)
				: null;
	}

	private static int count(String typed) {
		int count = typed.matches("[0-9]{1,5}") ? Integer.parseInt(typed) : 0;
		if (count < 1 || count > MOST_STUDENTS) {
			throw new Failure(ExitCode.USAGE, "rehearse.count", typed, MOST_STUDENTS);
		}
		return count;
	}

}
