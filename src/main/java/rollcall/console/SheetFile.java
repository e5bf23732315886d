package rollcall.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

import rollcall.console.Failure.ExitCode;

/**
 * The new file of a sheet. A file beside it is opened before the roll ends, so that an
 * unusable path ends nothing, and gets its name when it is complete. It never replaces
 * another file. A device or a pipe, such as /dev/stdout, is written directly.
 */
final class SheetFile implements AutoCloseable {

	private final Path path;

	private final Path unfinished;

	private final FileChannel channel;

	private SheetFile(Path path, Path unfinished, FileChannel channel) {
		this.path = path;
		this.unfinished = unfinished;
		this.channel = channel;
	}

	/**
	 * Opens a file.
	 * @throws Failure if the path exists already, or cannot be written
	 */
	static SheetFile open(Path path) {
		if (Files.isRegularFile(path) || Files.isDirectory(path)) {
			throw new Failure(ExitCode.USAGE, "csv.exists", path);
		}
		try {
			if (Files.exists(path)) {
				return new SheetFile(path, path, FileChannel.open(path, StandardOpenOption.WRITE));
			}
			Path unfinished = path.resolveSibling("." + path.getFileName() + "." + ProcessHandle.current().pid());
			return new SheetFile(path, unfinished,
					FileChannel.open(unfinished, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
		}
		catch (IOException ex) {
			throw new Failure(ExitCode.USAGE, "csv.unwritable", path);
		}
	}

	/**
	 * Reads the CSV of a roll that has ended from the server, and writes it.
	 * @throws Failure if the roll's sheet is not written; its message tells how to ask
	 * again
	 */
	void write(RollClient client, UUID rollId) {
		Failure notWritten = new Failure(ExitCode.NOT_WRITTEN, "csv.failed", this.path, rollId, client.server());
		try {
			byte[] csv = client.sheets().csv(rollId).orElseThrow(() -> new Failure(ExitCode.NOT_WRITTEN, "csv.gone"));
			ByteBuffer bytes = ByteBuffer.wrap(csv);
			while (bytes.hasRemaining()) {
				this.channel.write(bytes);
			}
			if (!this.unfinished.equals(this.path)) {
				this.channel.force(true);
				this.channel.close();
				Files.move(this.unfinished, this.path);
			}
		}
		catch (IOException ex) {
			throw notWritten;
		}
		catch (Failure ex) {
			throw ex.isTransient() ? notWritten : ex;
		}
	}

	@Override
	public void close() {
		try {
			this.channel.close();
			if (!this.unfinished.equals(this.path)) {
				Files.deleteIfExists(this.unfinished);
			}
		}
		catch (IOException ex) {
			// An unfinished file stays.
		}
	}

}
