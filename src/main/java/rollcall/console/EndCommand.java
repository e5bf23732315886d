package rollcall.console;

import java.nio.file.Path;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import rollcall.roll.Sheet;

/**
 * Ends a roll and shows its sheet. The roll's id is asked for first, so that the end can
 * be asked for again, and never ends a later roll.
 */
@Command(name = "end")
final class EndCommand extends ClassCommand {

	@Option(names = "--csv", paramLabel = "${bundle:label.file}")
	private @Nullable Path csv;

	@Option(names = "--roll", paramLabel = "ID")
	private @Nullable String roll;

	EndCommand(Desk desk) {
		super(desk);
	}

	@Override
	ExitCode run(long classId) {
		RollClient client = connect().client();
		if (this.csv == null) {
			show(end(client, classId, rollId(client, classId)));
			return ExitCode.DONE;
		}
		try (CsvFile file = CsvFile.reserve(this.csv)) {
			UUID rollId = rollId(client, classId);
			show(end(client, classId, rollId));
			file.write(client.csv(classId, rollId).orElseThrow(EndCommand::noCsv));
			desk().warn(desk().text("csv.written", this.csv));
			return ExitCode.DONE;
		}
	}

	private UUID rollId(RollClient client, long classId) {
		if (this.roll == null) {
			return client.openRoll(classId).orElseThrow(() -> noRoll(classId));
		}
		try {
			return UUID.fromString(this.roll);
		}
		catch (IllegalArgumentException ex) {
			throw new Failure(ExitCode.USAGE, "roll.invalid", this.roll);
		}
	}

	private Sheet end(RollClient client, long classId, UUID rollId) {
		try {
			return client.end(classId, rollId).orElseThrow(() -> notKept(classId));
		}
		catch (Failure ex) {
			if (ex.isPassing()) {
				desk().warn(desk().text("end.unsure", classId, rollId));
			}
			throw ex;
		}
	}

	private void show(Sheet sheet) {
		new Report(desk()).sheet(sheet);
	}

	private static Failure noCsv() {
		return new Failure(ExitCode.SERVER_ERROR, "csv.gone");
	}

	private static Failure notKept(long classId) {
		return new Failure(ExitCode.REFUSED, "roll.gone", classId);
	}

}
