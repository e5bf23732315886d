package rollcall.console;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.PresenceReceipt;

/** Sends a presence and prints the receipt: recorded, or refused with class zero. */
@Command(name = "student")
final class StudentCommand extends ClassCommand {

	@Parameters(index = "1", paramLabel = "${bundle:label.student}", descriptionKey = "student")
	private String studentId = "";

	@Option(names = "--code", paramLabel = "${bundle:label.code}")
	private @Nullable String code;

	StudentCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		PresenceReceipt receipt = connectWithoutLogin().answer(classId, TypedStudentId.parse(this.studentId),
				this.code);
		boolean recorded = receipt.classId() != 0;
		context().print(context().highlighted(context().text(result(receipt))));
		context().print(context().text("student.receipt", receipt.classId(), receipt.studentId(),
				context().texts().dateAndTime(receipt.at())));
		if (recorded) {
			return ExitCode.DONE;
		}
		context().print(context().refusal("refused.", classId, receipt));
		return ExitCode.REFUSED;
	}

	private static String result(PresenceReceipt receipt) {
		if (receipt.classId() == 0) {
			return "student.refused";
		}
		return Boolean.TRUE.equals(receipt.late()) ? "student.recorded-late" : "student.recorded";
	}

}
