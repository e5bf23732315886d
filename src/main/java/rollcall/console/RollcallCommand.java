package rollcall.console;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The words that stand alone: the program itself, and those that only gather others.
 * Without one of their words they have nothing to do.
 */
final class RollcallCommand {

	private RollcallCommand() {
	}

	/** The jar, when it is asked about itself. */
	@Command(name = "rollcall.jar")
	static final class Jar extends Group {

	}

	/** Only for its help: the server is started before any console class is loaded. */
	@Command(name = "serve")
	static final class Serve extends Group {

	}

	/** Only for its help: it belongs to the server's settings. */
	@Command(name = "hash-password")
	static final class HashPassword extends Group {

	}

	/** The teacher's commands. */
	@Command(name = "teacher")
	static final class Teacher extends Group {

	}

	/** A word that needs another word. */
	abstract static class Group implements Runnable {

		@Spec
		private CommandSpec spec = CommandSpec.create();

		@Option(names = "--lang", paramLabel = "${bundle:label.language}", order = 3)
		private String language = "";

		@Option(names = { "-h", "--help" }, usageHelp = true, order = 4)
		private boolean help;

		@Option(names = { "-V", "--version" }, versionHelp = true, order = 5)
		private boolean version;

		@Override
		public void run() {
			throw new WordMissing(this.spec.commandLine());
		}

	}

	/** Nothing wrong was said yet: the help is the answer. */
	static final class WordMissing extends ParameterException {

		WordMissing(CommandLine command) {
			super(command, "A command is missing");
		}

	}

}
