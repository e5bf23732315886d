package rollcall.console;

import java.util.concurrent.Callable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.ClassId;

/** A command about one class on one server. */
abstract class ClassCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(index = "0", paramLabel = "${bundle:label.class}", descriptionKey = "class")
	private String classId = "";

	private final TerminalContext context;

	ClassCommand(TerminalContext context) {
		this.context = context;
	}

	@Override
	public final Integer call() {
		return run(classId()).value();
	}

	abstract ExitCode run(long classId);

	private long classId() {
		try {
			return ClassId.valueOf(this.classId.strip()).value();
		}
		catch (IllegalArgumentException ex) {
			throw new Failure(ExitCode.USAGE, "class.invalid", this.classId, ClassId.MAX);
		}
	}

	TerminalContext context() {
		return this.context;
	}

	RollClient connect() {
		return ((RollcallCommand) this.spec.root().userObject()).connect(this.context);
	}

	Failure noRoll(long classId) {
		return new Failure(ExitCode.REFUSED, "roll.none", classId);
	}

}
