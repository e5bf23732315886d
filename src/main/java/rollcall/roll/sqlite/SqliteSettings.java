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
 * The settings without which SQLite loses acknowledged data or keeps erased data. Its
 * defaults differ in every one of them.
 */
final class SqliteSettings {

	/** How long a statement waits for a lock that another process holds, milliseconds. */
	static final int BUSY_TIMEOUT_MS = 5_000;

	/**
	 * A presence changes one page of its class, which is written to the log as a whole:
	 * small pages make the log a quarter as long.
	 */
	private static final int PAGE_BYTES = 1_024;

	/** The log grows to 16 MiB before it is moved into the database. */
	private static final int CHECKPOINT_PAGES = 16_384;

	/** Pragma to the value that reading it back gives. */
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
	 * Creates the database if it does not exist. The first write fixes the page size,
	 * before a driver's connection properties could set it.
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
		// Saves a query after each INSERT.
		properties.setProperty("jdbc.get_generated_keys", "false");
		return properties;
	}

	/**
	 * Reads every setting back, because some file systems refuse them silently.
	 * @param connection an open connection
	 * @throws SQLException if one is not in force
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

	/** Executes a pragma and returns the first column of its first row, or nothing. */
	static String pragma(Connection connection, String pragma) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
			return row.next() ? row.getString(1) : "";
		}
	}

}
