package rollcall.console;

import java.util.Optional;

import picocli.CommandLine.Command;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.StartedRoll;

/** Opens a roll and prints the confirmation. */
@Command(name = "start")
final class StartCommand extends ClassCommand {

	StartCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		RollClient client = connect();
		Optional<StartedRoll> started = client.start(classId);
		if (started.isPresent()) {
			context().print(context().openedLine(classId, started.get().startedAt()));
			return ExitCode.DONE;
		}
		client.read(classId, 0)
			.ifPresent(
					(roll) -> context().warn(context().openLine(classId, roll.startedAt(), roll.presences().size())));
		context().warn(context().text("start.refused"));
		return ExitCode.REFUSED;
	}

}
