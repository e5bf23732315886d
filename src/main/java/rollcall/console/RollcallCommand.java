package rollcall.console;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The commands that are not about one class: the program itself, the group of the
 * teacher's commands, and those that belong to the server.
 */
final class RollcallCommand {

	private RollcallCommand() {
	}

	/** The jar; its options are inherited by every command. */
	@Command(name = "rollcall.jar")
	static final class Jar extends Group {

		@Mixin
		private final ServerOptions options = new ServerOptions();

		ServerOptions options() {
			return this.options;
		}

	}

	/** Only for its help: without a mistake the server is started before picocli. */
	@Command(name = "serve")
	static final class Serve extends Group {

	}

	/** Its work is the server's, which knows how passwords are hashed. */
	@Command(name = "hash-password")
	static final class HashPassword implements Callable<Integer> {

		private final ToIntFunction<List<String>> work;

		/** None is allowed; they are taken here so that no message repeats a password. */
		@Parameters(arity = "0..*", hidden = true)
		private List<String> arguments = List.of();

		HashPassword(ToIntFunction<List<String>> work) {
			this.work = work;
		}

		@Override
		public Integer call() {
			return this.work.applyAsInt(this.arguments);
		}

	}

	/** The teacher's commands. */
	@Command(name = "teacher")
	static final class Teacher extends Group {

	}

	/** A word that needs another word. */
	abstract static class Group implements Runnable {

		@Spec
		private CommandSpec spec = CommandSpec.create();

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
