package rollcall.roll.sqlite;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The settings of SQLite. With other values it could lose acknowledged data or keep
 * erased data, so none of them is left to a default.
 */
final class SqliteSettings {

	/** How long a statement waits for a lock that another process holds, milliseconds. */
	static final int BUSY_TIMEOUT_MS = 5_000;

	/**
	 * A presence changes one page of its class, and SQLite writes the whole page to the
	 * log. With the default of 4,096 bytes the log would be four times as long.
	 */
	private static final int PAGE_BYTES = 1_024;

	/**
	 * The log grows to this many pages (16 MiB) before SQLite moves it into the database.
	 */
	private static final int CHECKPOINT_PAGES = 16_384;

	/** The value of each pragma, as SQLite returns it. */
	private static final Map<String, String> PRAGMAS = new LinkedHashMap<>();
	static {
		PRAGMAS.put("journal_mode", "wal");
		PRAGMAS.put("wal_autocheckpoint", String.valueOf(CHECKPOINT_PAGES));
		PRAGMAS.put("synchronous", "2");
		PRAGMAS.put("secure_delete", "1");
		PRAGMAS.put("foreign_keys", "1");
		PRAGMAS.put("busy_timeout", String.valueOf(BUSY_TIMEOUT_MS));
		// Temporary data of VACUUM stays in memory and leaves no trace on the disk.
		PRAGMAS.put("temp_store", "2");
	}

	private SqliteSettings() {
	}

	/**
	 * Creates the database if it does not exist. The page size must be set before the
	 * first write; the driver applies its connection properties too late for that.
	 * @param url the driver's URL of the database
	 * @throws SQLException if it cannot be created
	 */
	static void create(String url) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement()) {
			statement.execute("PRAGMA page_size = " + PAGE_BYTES);
			statement.execute("PRAGMA journal_mode = WAL");
		}
	}

	/** The driver's connection properties. */
	static Properties connectionProperties() {
		Properties properties = new Properties();
		PRAGMAS.forEach(properties::setProperty);
		// Otherwise the driver sends a query after each INSERT.
		properties.setProperty("jdbc.get_generated_keys", "false");
		return properties;
	}

	/**
	 * Reads every setting back: on some file systems SQLite ignores a setting without an
	 * error.
	 * @param connection an open connection
	 * @throws SQLException if a setting has another value
	 */
	static void requireInForce(Connection connection) throws SQLException {
		for (Map.Entry<String, String> setting : PRAGMAS.entrySet()) {
			String actual = pragma(connection, setting.getKey());
			if (!setting.getValue().equals(actual)) {
				throw new SQLException("SQLite has %s = %s on this file system where %s is needed"
					.formatted(setting.getKey(), actual, setting.getValue()));
			}
		}
	}

	/**
	 * Executes a pragma and returns the first column of its first row, or an empty text.
	 */
	static String pragma(Connection connection, String pragma) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
			return row.next() ? row.getString(1) : "";
		}
	}

}
