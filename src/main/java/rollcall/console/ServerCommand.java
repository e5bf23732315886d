package rollcall.console;

import java.util.UUID;
import java.util.concurrent.Callable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import rollcall.console.Failure.ExitCode;

/** A command that sends requests to one server. */
abstract class ServerCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	private final TerminalContext context;

	ServerCommand(TerminalContext context) {
		this.context = context;
	}

	@Override
	public final Integer call() {
		return run().value();
	}

	abstract ExitCode run();

	TerminalContext context() {
		return this.context;
	}

	RollClient connect() {
		return connect(true);
	}

	/** Creates a client that sends no password and no token. */
	RollClient connectWithoutLogin() {
		return connect(false);
	}

	private RollClient connect(boolean withLogin) {
		return ((RollcallCommand) this.spec.root().userObject()).connect(this.context, withLogin);
	}

	/**
	 * Reads the id of a roll.
	 * @throws Failure if the text is not one
	 */
	static UUID rollId(String typed) {
		try {
			return UUID.fromString(typed.strip());
		}
		catch (IllegalArgumentException ex) {
			throw new Failure(ExitCode.USAGE, "roll.invalid", typed);
		}
	}

}
