package rollcall.console;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.PresenceReceipt;
import rollcall.roll.StudentId;

/** Sends a presence and prints the receipt: recorded, or refused with class zero. */
@Command(name = "student")
final class StudentCommand extends ClassCommand {

	@Parameters(index = "1", paramLabel = "${bundle:label.student}", descriptionKey = "student")
	private String studentId = "";

	StudentCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		PresenceReceipt receipt = connectWithoutLogin().answer(classId, studentId());
		boolean recorded = receipt.classId() != 0;
		context().printHighlighted(context().text(recorded ? "student.recorded" : "student.refused"));
		context().print(context().text("student.receipt", receipt.classId(), receipt.studentId(),
				context().texts().dateAndTime(receipt.at())));
		if (recorded) {
			return ExitCode.DONE;
		}
		context().print(context().refusal(classId, receipt));
		return ExitCode.REFUSED;
	}

	private String studentId() {
		try {
			return StudentId.valueOf(this.studentId).value();
		}
		catch (IllegalArgumentException ex) {
			throw new Failure(ExitCode.USAGE, "student.invalid", this.studentId);
		}
	}

}
