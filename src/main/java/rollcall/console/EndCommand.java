package rollcall.console;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

	EndCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		RollClient client = connect();
		if (this.csv == null) {
			end(client, classId, rollId(client, classId));
			return ExitCode.DONE;
		}
		try (CsvFile file = CsvFile.create(this.csv)) {
			UUID rollId = rollId(client, classId);
			end(client, classId, rollId);
			file.write(client.csv(classId, rollId).orElseThrow(() -> new Failure(ExitCode.SERVER_ERROR, "csv.gone")));
			context().warn(context().text("csv.written", this.csv));
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

	private void end(RollClient client, long classId, UUID rollId) {
		try {
			Sheet sheet = client.end(classId, rollId)
				.orElseThrow(() -> new Failure(ExitCode.REFUSED, "roll.gone", classId));
			context().printSheet(sheet);
		}
		catch (Failure ex) {
			if (ex.isTransient()) {
				context().warn(context().text("end.unsure", classId, rollId));
			}
			throw ex;
		}
	}

	/**
	 * The new file of a sheet. It is created before the first request, so that an
	 * unusable path does not end the roll. It never replaces another file. It is removed
	 * if it stays empty.
	 */
	private static final class CsvFile implements AutoCloseable {

		private final Path path;

		private boolean written;

		private CsvFile(Path path) {
			this.path = path;
		}

		static CsvFile create(Path path) {
			try {
				Files.createFile(path);
				return new CsvFile(path);
			}
			catch (FileAlreadyExistsException ex) {
				throw new Failure(ExitCode.USAGE, "csv.exists", path);
			}
			catch (IOException ex) {
				throw new Failure(ExitCode.USAGE, "csv.unwritable", path);
			}
		}

		void write(byte[] bytes) {
			try {
				Files.write(this.path, bytes);
				this.written = true;
			}
			catch (IOException ex) {
				throw new Failure(ExitCode.USAGE, "csv.unwritable", this.path);
			}
		}

		@Override
		public void close() {
			if (!this.written) {
				try {
					Files.deleteIfExists(this.path);
				}
				catch (IOException ex) {
					// An empty file stays.
				}
			}
		}

	}

}
