package rollcall.roll.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import rollcall.settings.StartupFailure;

/**
 * The data folder of the embedded store, locked for this process. The lock is a separate
 * file: if this process opened and closed a database file itself, SQLite would lose its
 * locks on that file.
 */
final class DataDirectory implements AutoCloseable {

	private static final String LOCK = "rollcall.lock";

	private static final String DATABASE = "rollcall.db";

	/**
	 * All files of the store. SQLite creates its other files with the access rights of
	 * the database file.
	 */
	private static final List<String> FILES = List.of(LOCK, DATABASE, DATABASE + "-wal", DATABASE + "-shm");

	private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

	private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

	private final Path path;

	private final FileChannel lockFile;

	private DataDirectory(Path path, FileChannel lockFile) {
		this.path = path;
		this.lockFile = lockFile;
	}

	/**
	 * Creates the folder if it does not exist, and locks it. Only this user may use the
	 * folder and its files.
	 * @param path the folder
	 * @return the folder, locked until it is closed
	 * @throws StartupFailure if another server has locked it, if other users may use it,
	 * or if it cannot be created or written
	 */
	static DataDirectory take(Path path) {
		try {
			create(path);
			FileChannel lockFile = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (tryLock(lockFile) == null) {
				lockFile.close();
				throw SqliteStartFailures.inUse(path);
			}
			DataDirectory directory = new DataDirectory(path, lockFile);
			if (isPosix(path)) {
				restrictFiles(path);
			}
			return directory;
		}
		catch (IOException ex) {
			throw SqliteStartFailures.unusable(path, ex);
		}
	}

	Path database() {
		return this.path.toAbsolutePath().resolve(DATABASE);
	}

	String jdbcUrl() {
		return "jdbc:sqlite:" + database();
	}

	@Override
	public void close() throws IOException {
		this.lockFile.close();
	}

	private static void create(Path path) throws IOException {
		if (!Files.isDirectory(path)) {
			if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
				Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
			}
			else {
				Files.createDirectories(path);
			}
		}
		if (isPosix(path) && !OWNER_FOLDER.containsAll(Files.getPosixFilePermissions(path))) {
			restrictFolder(path);
		}
	}

	/**
	 * Removes the access rights of other users if the folder has only files of this
	 * store. A folder with other files is refused: other users may need it, for example a
	 * home folder or {@code /tmp}. A folder that belongs to another user keeps its access
	 * rights if only a group has access, because container platforms mount volumes in
	 * this way.
	 */
	private static void restrictFolder(Path path) throws IOException {
		if (Files.isWritable(path) && !isOwnedByThisUser(path) && !isOpenToEverybody(path)) {
			return;
		}
		try (Stream<Path> content = Files.list(path)) {
			if (!content.allMatch((file) -> FILES.contains(file.getFileName().toString()))) {
				throw SqliteStartFailures.shared(path);
			}
		}
		try {
			Files.setPosixFilePermissions(path, OWNER_FOLDER);
		}
		catch (IOException ex) {
			throw SqliteStartFailures.shared(path);
		}
	}

	/**
	 * Removes the access rights of other users to the files. Called before SQLite opens
	 * them, because SQLite does not change the access rights of existing files.
	 */
	private static void restrictFiles(Path path) throws IOException {
		Path database = path.resolve(DATABASE);
		if (!Files.exists(database)) {
			Files.createFile(database, PosixFilePermissions.asFileAttribute(OWNER_FILE));
		}
		for (String name : FILES) {
			Path file = path.resolve(name);
			if (Files.exists(file)) {
				Files.setPosixFilePermissions(file, OWNER_FILE);
			}
		}
	}

	private static boolean isPosix(Path path) throws IOException {
		return Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
	}

	private static boolean isOwnedByThisUser(Path path) throws IOException {
		Path probe = Files.createTempFile(path, "owner", null);
		try {
			return Files.getOwner(probe).equals(Files.getOwner(path));
		}
		finally {
			Files.delete(probe);
		}
	}

	private static boolean isOpenToEverybody(Path path) throws IOException {
		return Files.getPosixFilePermissions(path).stream().anyMatch((right) -> right.name().startsWith("OTHERS_"));
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
