package rollcall.console;

import java.nio.file.Path;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.Sheet;

/** Prints the sheet of a roll that has ended, while the server keeps it. */
@Command(name = "sheet")
final class SheetCommand extends ServerCommand {

	@Parameters(index = "0", paramLabel = "ID", descriptionKey = "roll-id")
	private String roll = "";

	@Option(names = "--csv", paramLabel = "${bundle:label.file}")
	private @Nullable Path csv;

	@Mixin
	private RosterOption roster = new RosterOption();

	SheetCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run() {
		UUID rollId = rollId(this.roll);
		TerminalContext named = this.roster.read(context());
		RollClient client = connect();
		if (this.csv == null) {
			print(named, client, rollId);
			return ExitCode.DONE;
		}
		try (SheetFile file = SheetFile.open(this.csv)) {
			print(named, client, rollId);
			file.write(client, rollId);
			context().warn(context().text("csv.written", this.csv));
			return ExitCode.DONE;
		}
	}

	private static void print(TerminalContext named, RollClient client, UUID rollId) {
		Sheet sheet = client.sheets()
			.read(rollId)
			.orElseThrow(() -> new Failure(ExitCode.REFUSED, "sheet.none", rollId));
		named.printSheet(sheet, client.server());
	}

}
