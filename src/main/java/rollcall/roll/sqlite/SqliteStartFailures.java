package rollcall.roll.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

import org.sqlite.NativeLibraryNotFoundException;
import rollcall.settings.StartupFailure;

import org.springframework.core.NestedExceptionUtils;

/**
 * Creates the start-up failures of the embedded store. Each one says what is wrong and
 * what the administrator can do.
 */
final class SqliteStartFailures {

	private static final String ANOTHER_FOLDER = "name another folder with --rollcall.data-dir=<folder>.";

	private SqliteStartFailures() {
	}

	static StartupFailure inUse(Path dataDir) {
		return new StartupFailure(
				"Another roll call server is using the data folder %s.".formatted(dataDir.toAbsolutePath()),
				"Stop the other server, or give this one a folder of its own with --rollcall.data-dir=<folder>.");
	}

	/** The folder or a file in it cannot be opened, read or written. */
	static StartupFailure unusable(Path path, Exception cause) {
		if (NestedExceptionUtils.getMostSpecificCause(cause) instanceof NativeLibraryNotFoundException) {
			return new StartupFailure(
					"SQLite's library cannot be loaded on this system (%s, %s)."
						.formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
					"The jar contains it for Linux, Windows and macOS on x86-64 and ARM64. If this is such a system, name a folder "
							+ "whose files may be executed with -Dorg.sqlite.tmpdir=<folder>. Otherwise name the folder of "
							+ "the library with -Dorg.sqlite.lib.path=<folder>.",
					cause);
		}
		return new StartupFailure("The store %s cannot be used: %s".formatted(path.toAbsolutePath(), cause),
				(isWritingRefused(cause) ? "Make it writable and check the free space of the disk, or "
						: "Use a folder on a local disk that no other program uses: ") + ANOTHER_FOLDER,
				cause);
	}

	static StartupFailure damaged(Path database, String finding) {
		Path path = database.toAbsolutePath();
		return new StartupFailure(
				"The file %s is damaged, or is not an SQLite database: %s".formatted(path, finding.replace("\n", " ")),
				"Nothing was changed. Restore the folder from a backup, or move %s* to another folder and start again with no rolls. "
					.formatted(path) + "\"sqlite3 %s .recover\" prints what can still be read.".formatted(path));
	}

	static StartupFailure foreign(Path database) {
		return new StartupFailure("The file %s is a database of another program.".formatted(database.toAbsolutePath()),
				"Nothing was changed. Move the file to another folder, or " + ANOTHER_FOLDER);
	}

	static StartupFailure newer(Path database) {
		return new StartupFailure(
				"The file %s was written by a newer version of this program.".formatted(database.toAbsolutePath()),
				"Nothing was changed. Start the newer version, or " + ANOTHER_FOLDER);
	}

	static StartupFailure shared(Path dataDir) {
		Path path = dataDir.toAbsolutePath();
		return new StartupFailure(
				"Other users of this machine can use the data folder %s, which will hold the lists of students."
					.formatted(path),
				"Remove their access with \"chmod 700 %s\", or %s".formatted(path, ANOTHER_FOLDER));
	}

	private static boolean isWritingRefused(Exception cause) {
		return SqliteErrors.isWritingRefused(cause)
				|| (cause instanceof IOException && !(cause instanceof FileAlreadyExistsException));
	}

}
