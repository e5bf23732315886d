package rollcall.roll.sqlite;

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
import org.sqlite.ProgressHandler;
import rollcall.settings.StartupFailure;

/**
 * Checks the files of the embedded store before the server writes to them. It opens them
 * read-only and changes nothing: a normal connection would move the write-ahead log into
 * the database, even if the database is damaged.
 */
final class SqliteInspection {

	static final String MIGRATIONS = "classpath:db/migration/sqlite";

	/**
	 * The time limit of the check. A database of a million presences takes less than a
	 * second.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(5);

	/** After this many of its internal steps SQLite asks whether to continue. */
	private static final int STEPS = 100;

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
	 * Requires an undamaged database of this program, or no database yet.
	 * @throws StartupFailure if the server must not use the files
	 */
	void requireUsable() {
		try {
			if (isEmpty(this.database)) {
				if (!isEmpty(this.log)) {
					throw SqliteStartFailures.damaged(this.database, "it is empty, but its log is not");
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
			throw SqliteErrors.isDamage(ex)
					? SqliteStartFailures.damaged(this.database, String.valueOf(ex.getMessage()))
					: SqliteStartFailures.unusable(this.database, ex);
		}
		catch (IOException ex) {
			throw SqliteStartFailures.unusable(this.database, ex);
		}
	}

	/**
	 * Inspects a database that has a write-ahead log. SQLite needs an index to read the
	 * log. If it may not write the index file, it keeps the index in memory, but the file
	 * must exist.
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
			requireSound(connection, LIMIT);
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
					throw SqliteStartFailures.newer(this.database);
				}
			}
			if (migrations.applied().length == 0 || count(connection, OWN_TABLES) < 3) {
				throw SqliteStartFailures.foreign(this.database);
			}
		}
	}

	/**
	 * Requires that the whole database can be read and is consistent.
	 * @param connection an open connection
	 * @param limit the maximum time; a database that needs longer is checked only in part
	 * @throws SQLException if it is {@linkplain SqliteErrors#isDamage damaged}
	 */
	static void requireSound(Connection connection, Duration limit) throws SQLException {
		long deadline = System.nanoTime() + limit.toNanos();
		ProgressHandler.setHandler(connection, STEPS, new ProgressHandler() {
			@Override
			protected int progress() {
				return (System.nanoTime() > deadline) ? 1 : 0;
			}
		});
		try {
			String finding = SqliteSettings.pragma(connection, "integrity_check(1)");
			if (!finding.equals("ok")) {
				throw new SQLException(finding, "", SqliteErrors.CORRUPT);
			}
		}
		catch (SQLException ex) {
			if (SqliteErrors.code(ex) != SqliteErrors.INTERRUPT) {
				throw ex;
			}
		}
		finally {
			ProgressHandler.clearHandler(connection);
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
