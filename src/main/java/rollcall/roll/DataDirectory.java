package rollcall.roll;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

import org.jspecify.annotations.Nullable;

/**
 * The folder of the embedded store, held by a lock on a file beside the database: opening
 * the database's own files here would drop SQLite's locks when they are closed.
 */
final class DataDirectory implements AutoCloseable {

	private final Path path;

	private final FileChannel lockFile;

	private DataDirectory(Path path, FileChannel lockFile) {
		this.path = path;
		this.lockFile = lockFile;
	}

	/**
	 * Creates the folder if it is not there, for this user alone, and takes it.
	 * @param path the folder
	 * @return the folder, held until it is closed
	 * @throws StoreStartException if another server holds it, or it cannot be created or
	 * written
	 */
	static DataDirectory take(Path path) {
		try {
			create(path);
			FileChannel lockFile = FileChannel.open(path.resolve("rollcall.lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (tryLock(lockFile) == null) {
				lockFile.close();
				throw StoreStartException.inUse(path);
			}
			return new DataDirectory(path, lockFile);
		}
		catch (IOException ex) {
			throw StoreStartException.unusable(path, ex);
		}
	}

	Path path() {
		return this.path;
	}

	String jdbcUrl() {
		return "jdbc:sqlite:" + this.path.toAbsolutePath().resolve("rollcall.db");
	}

	@Override
	public void close() throws IOException {
		this.lockFile.close();
	}

	private static void create(Path path) throws IOException {
		if (Files.isDirectory(path)) {
			return;
		}
		if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
			Files.createDirectories(path,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		}
		else {
			Files.createDirectories(path);
		}
	}

	private static @Nullable FileLock tryLock(FileChannel lockFile) throws IOException {
		try {
			return lockFile.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

}
