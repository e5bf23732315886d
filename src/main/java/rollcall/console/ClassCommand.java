package rollcall.console;

import java.util.concurrent.Callable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import rollcall.roll.ClassId;

/** A command about one class on one server. */
abstract class ClassCommand implements Callable<Integer> {

	@Mixin
	private final ServerOptions server = new ServerOptions();

	@Parameters(index = "0", paramLabel = "${bundle:label.class}", descriptionKey = "class")
	private String classId = "";

	private final Desk desk;

	ClassCommand(Desk desk) {
		this.desk = desk;
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

	Desk desk() {
		return this.desk;
	}

	Connection connect() {
		return this.server.connect(this.desk);
	}

	Failure noRoll(long classId) {
		return new Failure(ExitCode.REFUSED, "roll.none", classId);
	}

}
