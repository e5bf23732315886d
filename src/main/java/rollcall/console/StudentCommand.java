package rollcall.console;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import rollcall.roll.PresenceReceipt;
import rollcall.roll.StudentId;

/** Answers a roll: recorded, or refused with class zero. */
@Command(name = "student")
final class StudentCommand extends ClassCommand {

	@Parameters(index = "1", paramLabel = "${bundle:label.student}", descriptionKey = "student")
	private String studentId = "";

	StudentCommand(Desk desk) {
		super(desk);
	}

	@Override
	ExitCode run(long classId) {
		PresenceReceipt receipt = connect().client().answer(classId, studentId());
		String at = desk().times().dateAndTime(receipt.at());
		if (receipt.classId() == 0) {
			String reason = String.valueOf(receipt.reason());
			desk().proclaim(desk().text("student.refused"));
			desk().say(desk().text("student.receipt", receipt.classId(), receipt.studentId(), at));
			desk().say(desk().text(advice(reason), classId, reason));
			return ExitCode.REFUSED;
		}
		desk().proclaim(desk().text("student.recorded"));
		desk().say(desk().text("student.receipt", receipt.classId(), receipt.studentId(), at));
		return ExitCode.DONE;
	}

	/** The key of the text that says why the server refused. */
	private static String advice(String reason) {
		return switch (reason) {
			case PresenceReceipt.NO_OPEN_ROLL -> "student.no-roll";
			case PresenceReceipt.ROLL_FULL -> "student.full";
			default -> "student.other";
		};
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
