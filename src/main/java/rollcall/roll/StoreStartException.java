package rollcall.roll;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The store cannot be used, so that the server must not start.
 */
class StoreStartException extends RuntimeException {

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

	static StoreStartException unusable(Path dataDir, Throwable cause) {
		return new StoreStartException(
				"The data folder %s cannot be used: %s".formatted(dataDir.toAbsolutePath(), cause),
				"Make it writable, with room left, on a local disk, or name another one with --rollcall.data-dir=<folder>.",
				cause);
	}

	static StoreStartException shared(Path dataDir) {
		Path path = dataDir.toAbsolutePath();
		return new StoreStartException(
				"Other users of this machine can use the data folder %s, which will hold the lists of students."
					.formatted(path),
				"Take their rights away with \"chmod 700 %s\", or name a folder of its own with --rollcall.data-dir=<folder>."
					.formatted(path),
				null);
	}

	static StoreStartException database(String message, String action, @Nullable Throwable cause) {
		return new StoreStartException(message, action, cause);
	}

	String action() {
		return this.action;
	}

}
