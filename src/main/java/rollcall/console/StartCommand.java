package rollcall.console;

import java.util.Optional;

import picocli.CommandLine.Command;

import rollcall.roll.StartedRoll;

/** Opens a roll and shows its confirmation. */
@Command(name = "start")
final class StartCommand extends ClassCommand {

	StartCommand(Desk desk) {
		super(desk);
	}

	@Override
	ExitCode run(long classId) {
		RollClient client = connect().client();
		Report report = new Report(desk());
		Optional<StartedRoll> started = client.start(classId);
		if (started.isPresent()) {
			desk().say(report.opened(classId, started.get().startedAt()));
			return ExitCode.DONE;
		}
		client.read(classId, 0).ifPresent((roll) -> desk().warn(report.open(classId, roll.startedAt(), roll.seq())));
		desk().warn(desk().text("start.refused"));
		return ExitCode.REFUSED;
	}

}
