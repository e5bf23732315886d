package rollcall.roll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/**
 * Checks the files of the embedded store before the server writes to them. It opens them
 * so that SQLite changes no byte: a usual connection would move the write-ahead log into
 * a damaged database.
 */
final class SqliteInspection {

	static final String MIGRATIONS = "classpath:db/migration/sqlite";

	/** A database of a million presences takes less than a second. */
	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final String OWN_TABLES = "SELECT count(*) FROM sqlite_schema"
			+ " WHERE type = 'table' AND name IN ('roll', 'presence', 'probe')";

	private final Path database;

	private final Path log;

	private final Path index;

	SqliteInspection(Path database) {
		this.database = database;
		this.log = database.resolveSibling(database.getFileName() + "-wal");
		this.index = database.resolveSibling(database.getFileName() + "-shm");
	}

	/**
	 * Requires a sound database of this program, or none yet.
	 * @throws StoreStartException if the server must not use the files
	 */
	void requireUsable() {
		try {
			if (isEmpty(this.database)) {
				if (!isEmpty(this.log)) {
					throw StoreStartException.damaged(this.database, "it is empty, but its log is not");
				}
				return;
			}
			if (isEmpty(this.log)) {
				inspect("?mode=ro&immutable=1");
			}
			else {
				inspectWithLog();
			}
		}
		catch (SQLException ex) {
			throw Sqlite.isDamage(ex) ? StoreStartException.damaged(this.database, String.valueOf(ex.getMessage()))
					: StoreStartException.unusable(this.database, ex);
		}
		catch (IOException ex) {
			throw StoreStartException.unusable(this.database, ex);
		}
	}

	/**
	 * The log can be read only with an index of it. SQLite keeps the index in memory if
	 * it may not write the file, but the file must be there.
	 */
	private void inspectWithLog() throws IOException, SQLException {
		boolean indexed = Files.exists(this.index);
		if (!indexed) {
			Files.createFile(this.index);
		}
		try {
			inspect("?mode=ro&readonly_shm=1");
		}
		finally {
			if (!indexed) {
				Files.delete(this.index);
			}
		}
	}

	private void inspect(String mode) throws SQLException {
		String url = "jdbc:sqlite:" + this.database.toUri() + mode;
		try (Connection connection = DriverManager.getConnection(url)) {
			Sqlite.requireSound(connection, LIMIT);
			if (count(connection, "SELECT count(*) FROM sqlite_schema") == 0) {
				return;
			}
			MigrationInfoService migrations = Flyway.configure()
				.dataSource(url, null, null)
				.locations(MIGRATIONS)
				.load()
				.info();
			for (MigrationInfo migration : migrations.applied()) {
				if (!migration.getState().isResolved()) {
					throw StoreStartException.newer(this.database);
				}
			}
			if (migrations.applied().length == 0 || count(connection, OWN_TABLES) < 3) {
				throw StoreStartException.foreign(this.database);
			}
		}
	}

	private static boolean isEmpty(Path file) throws IOException {
		return !Files.exists(file) || Files.size(file) == 0;
	}

	private static long count(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getLong(1);
		}
	}

}
