package rollcall.console;

import java.util.Optional;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.StartedRoll;

/** Opens a roll and prints the confirmation. */
@Command(name = "start")
final class StartCommand extends ClassCommand {

	@Mixin
	private StartOptions options = new StartOptions();

	StartCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		String json = this.options.json();
		RollClient client = connect();
		Optional<StartedRoll> started = client.start(classId, json);
		if (started.isPresent()) {
			printStarted(classId, started.get());
			return ExitCode.DONE;
		}
		client.read(classId, 0)
			.ifPresent(
					(roll) -> context().warn(context().openLine(classId, roll.startedAt(), roll.presences().size())));
		context().warn(context().text("start.refused"));
		return ExitCode.REFUSED;
	}

	private void printStarted(long classId, StartedRoll roll) {
		context().print(context().openedLine(classId, roll.startedAt()));
		if (this.options.haveTimes()) {
			context().print(context().lateLine(roll.lateAt()));
			context().print(context().endsLine(roll.endsAt()));
		}
		if (roll.code() != null) {
			context().print(context().codeLine(roll.code()));
		}
	}

}
