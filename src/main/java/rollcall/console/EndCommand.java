package rollcall.console;

import java.nio.file.Path;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.Sheet;

/**
 * Ends a roll and prints its sheet. It reads the roll's id first and ends the roll with
 * this id. So a repeated request cannot end a later roll.
 */
@Command(name = "end")
final class EndCommand extends ClassCommand {

	@Option(names = "--csv", paramLabel = "${bundle:label.file}")
	private @Nullable Path csv;

	@Option(names = "--roll", paramLabel = "ID")
	private @Nullable String roll;

	@Mixin
	private RosterOption roster = new RosterOption();

	EndCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		TerminalContext named = this.roster.read(context());
		RollClient client = connect();
		if (this.csv == null) {
			end(named, client, classId, rollId(client, classId));
			return ExitCode.DONE;
		}
		try (SheetFile file = SheetFile.open(this.csv)) {
			UUID rollId = rollId(client, classId);
			end(named, client, classId, rollId);
			file.write(client, rollId);
			context().warn(context().text("csv.written", this.csv));
			return ExitCode.DONE;
		}
	}

	/** The roll that was named, or the open one, or the oldest one whose sheet waits. */
	private UUID rollId(RollClient client, long classId) {
		return (this.roll != null) ? rollId(this.roll)
				: client.openRoll(classId)
					.or(() -> client.sheets().waiting(classId).stream().findFirst())
					.orElseThrow(() -> noRoll(classId));
	}

	private void end(TerminalContext named, RollClient client, long classId, UUID rollId) {
		try {
			Sheet sheet = client.end(classId, rollId)
				.orElseThrow(() -> new Failure(ExitCode.REFUSED, "roll.gone", classId));
			named.printSheet(sheet, client.server());
		}
		catch (Failure ex) {
			if (ex.isTransient()) {
				context().warn(context().text("end.unsure", classId, rollId, client.server()));
			}
			throw ex;
		}
	}

}
