package rollcall.console;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file a sheet goes to. It is made before anything is asked of the server, because a
 * roll cannot be ended twice; it never replaces another sheet, and nothing empty stays.
 */
final class CsvFile implements AutoCloseable {

	private final Path path;

	private boolean written;

	private CsvFile(Path path) {
		this.path = path;
	}

	static CsvFile reserve(Path path) {
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
				// an empty file is left, which harms nobody
			}
		}
	}

}
