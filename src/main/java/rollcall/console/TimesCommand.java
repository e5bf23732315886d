package rollcall.console;

import java.util.UUID;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import rollcall.console.Failure.ExitCode;

/** Changes from when students are late, and when the roll ends by itself. */
@Command(name = "times")
final class TimesCommand extends ClassCommand {

	@Mixin
	private TimesOptions times = new TimesOptions();

	TimesCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		String json = this.times.json();
		if (this.times.isEmpty()) {
			throw new Failure(ExitCode.USAGE, "times.missing");
		}
		RollClient client = connect();
		UUID rollId = client.openRoll(classId).orElseThrow(() -> noRoll(classId));
		RollClient.Options changed = client.change(classId, rollId, json).orElseThrow(() -> noRoll(classId));
		context().print(context().lateLine(changed.lateAt()));
		context().print(context().endsLine(changed.endsAt()));
		return ExitCode.DONE;
	}

}
