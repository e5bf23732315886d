package rollcall.console;

import java.util.List;

import picocli.CommandLine.Command;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.KeptSheet;

/** Lists the sheets that the server keeps, with the ids of their rolls. */
@Command(name = "sheets")
final class SheetsCommand extends ServerCommand {

	SheetsCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run() {
		List<KeptSheet> sheets = connect().sheets().list();
		if (sheets.isEmpty()) {
			context().print(context().text("sheets.none"));
		}
		for (KeptSheet sheet : sheets) {
			context().print(context().text(sheet.taken() ? "sheets.line" : "sheets.waiting", sheet.classId(),
					context().texts().dateAndTime(sheet.endedAt()), sheet.present(),
					context().texts().dateAndTime(sheet.keptUntil()), sheet.rollId()));
		}
		return ExitCode.DONE;
	}

}
