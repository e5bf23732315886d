package rollcall.roll;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The store cannot be used, so that the server must not start. It carries what the person
 * who starts the server can do.
 */
class StoreStartException extends RuntimeException {

	private static final String ANOTHER_FOLDER = "name another folder with --rollcall.data-dir=<folder>.";

	private final String action;

	private StoreStartException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	static StoreStartException inUse(Path dataDir) {
		return new StoreStartException(
				"Another roll call server is using the data folder %s.".formatted(dataDir.toAbsolutePath()),
				"Stop the other server, or give this one a folder of its own with --rollcall.data-dir=<folder>.", null);
	}

	/** The folder or a file in it cannot be opened, read or written. */
	static StoreStartException unusable(Path path, Exception cause) {
		return new StoreStartException("The store %s cannot be used: %s".formatted(path.toAbsolutePath(), cause),
				(isWritingRefused(cause) ? "Make it writable, with room left on the disk, or "
						: "Use a folder on a local disk that no other program uses: ") + ANOTHER_FOLDER,
				cause);
	}

	private static boolean isWritingRefused(Exception cause) {
		return Sqlite.isWritingRefused(cause)
				|| (cause instanceof IOException && !(cause instanceof FileAlreadyExistsException));
	}

	static StoreStartException damaged(Path database, String finding) {
		Path path = database.toAbsolutePath();
		return new StoreStartException(
				"The file %s is damaged, or is not an SQLite database: %s".formatted(path, finding.replace("\n", " ")),
				"Nothing was changed. Restore the folder from a backup, or move %s* to another folder and start again with no rolls. "
					.formatted(path) + "\"sqlite3 %s .recover\" prints what can still be read.".formatted(path),
				null);
	}

	static StoreStartException foreign(Path database) {
		return new StoreStartException(
				"The file %s is a database of another program.".formatted(database.toAbsolutePath()),
				"Nothing was changed. Move the file to another folder, or " + ANOTHER_FOLDER, null);
	}

	static StoreStartException newer(Path database) {
		return new StoreStartException(
				"The file %s was written by a newer version of this program.".formatted(database.toAbsolutePath()),
				"Nothing was changed. Start the newer version, or " + ANOTHER_FOLDER, null);
	}

	static StoreStartException shared(Path dataDir) {
		Path path = dataDir.toAbsolutePath();
		return new StoreStartException(
				"Other users of this machine can use the data folder %s, which will hold the lists of students."
					.formatted(path),
				"Take their rights away with \"chmod 700 %s\", or %s".formatted(path, ANOTHER_FOLDER), null);
	}

	static StoreStartException database(String message, String action, @Nullable Throwable cause) {
		return new StoreStartException(message, action, cause);
	}

	String action() {
		return this.action;
	}

}
