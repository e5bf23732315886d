package rollcall.console;

import java.util.UUID;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.Presence;

/**
 * Sets the status of a student in the open roll. It reads the roll's id first, so that a
 * repeated request cannot change a later roll.
 */
@Command(name = "mark")
final class MarkCommand extends ClassCommand {

	@Parameters(index = "1", paramLabel = "${bundle:label.student}", descriptionKey = "student")
	private String studentId = "";

	@Parameters(index = "2", paramLabel = "${bundle:label.status}", descriptionKey = "status")
	private String status = "";

	MarkCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		TypedMark mark = new TypedMark(TypedStudentId.parse(this.studentId), status());
		RollClient client = connect();
		UUID rollId = client.openRoll(classId).orElseThrow(() -> noRoll(classId));
		Presence row = Repeat.untilAnswered(() -> client.mark(classId, rollId, mark))
			.orElseThrow(() -> noRoll(classId));
		context().print(context().text("mark.done", classId, context().withStatus(row)));
		return ExitCode.DONE;
	}

	private String status() {
		return context().status(this.status)
			.orElseThrow(() -> new Failure(ExitCode.USAGE, "status.unknown", this.status));
	}

}
