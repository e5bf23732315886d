package rollcall.console;

import picocli.CommandLine.Parameters;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.ClassId;

/** A command about one class on one server. */
abstract class ClassCommand extends ServerCommand {

	@Parameters(index = "0", paramLabel = "${bundle:label.class}", descriptionKey = "class")
	private String classId = "";

	ClassCommand(TerminalContext context) {
		super(context);
	}

	@Override
	final ExitCode run() {
		return run(classId());
	}

	abstract ExitCode run(long classId);

	private long classId() {
		try {
			return ClassId.typed(this.classId).value();
		}
		catch (IllegalArgumentException ex) {
			throw new Failure(ExitCode.USAGE, "class.invalid", this.classId, ClassId.MAX);
		}
	}

	Failure noRoll(long classId) {
		return new Failure(ExitCode.REFUSED, "roll.none", classId);
	}

}
