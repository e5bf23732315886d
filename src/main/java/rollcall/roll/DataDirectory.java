package rollcall.roll;

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

/**
 * The folder of the embedded store, held by a lock on a file beside the database: opening
 * the database's own files here would drop SQLite's locks when they are closed.
 */
final class DataDirectory implements AutoCloseable {

	private static final String LOCK = "rollcall.lock";

	private static final String DATABASE = "rollcall.db";

	/** SQLite gives its other files the rights of the database. */
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
	 * Creates the folder if it is not there, and takes it. Folder and files are for this
	 * user alone.
	 * @param path the folder
	 * @return the folder, held until it is closed
	 * @throws StoreStartException if another server holds it, if other users may use it,
	 * or if it cannot be created or written
	 */
	static DataDirectory take(Path path) {
		try {
			create(path);
			FileChannel lockFile = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (tryLock(lockFile) == null) {
				lockFile.close();
				throw StoreStartException.inUse(path);
			}
			DataDirectory directory = new DataDirectory(path, lockFile);
			if (isPosix(path)) {
				hideFiles(path);
			}
			return directory;
		}
		catch (IOException ex) {
			throw StoreStartException.unusable(path, ex);
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
			hide(path);
		}
	}

	/**
	 * Takes the rights of other users away from a folder that holds nothing else. Another
	 * folder may be one that they need, such as a home or {@code /tmp}: it is refused.
	 * One that belongs to another user is left to its owner's group, as container
	 * platforms mount volumes.
	 */
	private static void hide(Path path) throws IOException {
		if (Files.isWritable(path) && !isOwn(path) && !isOpenToEverybody(path)) {
			return;
		}
		try (Stream<Path> content = Files.list(path)) {
			if (!content.allMatch((file) -> FILES.contains(file.getFileName().toString()))) {
				throw StoreStartException.shared(path);
			}
		}
		try {
			Files.setPosixFilePermissions(path, OWNER_FOLDER);
		}
		catch (IOException ex) {
			throw StoreStartException.shared(path);
		}
	}

	/** Before SQLite opens them: it never changes the rights of a file that is there. */
	private static void hideFiles(Path path) throws IOException {
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

	private static boolean isOwn(Path path) throws IOException {
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
