package rollcall.roll;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What is particular to SQLite: the settings without which it loses acknowledged data or
 * keeps erased data, the check and the rewriting of its file, and its error codes.
 */
final class Sqlite {

	/** How long a statement waits for a lock that another process holds, milliseconds. */
	private static final int BUSY_TIMEOUT_MS = 5_000;

	/**
	 * A presence dirties one page of its class's, which goes to the log whole: small
	 * pages make the log a quarter as long.
	 */
	private static final int PAGE_BYTES = 1_024;

	/** The log grows to 16 MiB before it is moved into the database. */
	private static final int CHECKPOINT_PAGES = 16_384;

	private static final int PERM = 3;

	private static final int BUSY = 5;

	private static final int READONLY = 8;

	private static final int INTERRUPT = 9;

	private static final int CORRUPT = 11;

	private static final int FULL = 13;

	private static final int CANTOPEN = 14;

	private static final int CONSTRAINT = 19;

	private static final int NOTADB = 26;

	/** How many steps SQLite makes before it asks whether to go on. */
	private static final int STEPS = 100;

	private static final Set<Integer> WRITING_REFUSED = Set.of(PERM, READONLY, FULL, CANTOPEN);

	/** Other I/O errors are failed writes, after which the store is only opened again. */
	private static final Set<SQLiteErrorCode> UNREADABLE = EnumSet.of(SQLiteErrorCode.SQLITE_IOERR_READ,
			SQLiteErrorCode.SQLITE_IOERR_SHORT_READ, SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS);

	/**
	 * Pragma to the value that reading it back gives. Its defaults differ in every one of
	 * them.
	 */
	private static final Map<String, String> SETTINGS = new LinkedHashMap<>();
	static {
		SETTINGS.put("journal_mode", "wal");
		SETTINGS.put("wal_autocheckpoint", String.valueOf(CHECKPOINT_PAGES));
		SETTINGS.put("synchronous", "2");
		SETTINGS.put("secure_delete", "1");
		SETTINGS.put("foreign_keys", "1");
		SETTINGS.put("busy_timeout", String.valueOf(BUSY_TIMEOUT_MS));
		// What a rewriting of the file puts aside is not to lie about on a disk.
		SETTINGS.put("temp_store", "2");
	}

	private Sqlite() {
	}

	/**
	 * Creates the database if it is not there. The page size is settled by the first
	 * thing that is written to it, which a driver's connection properties come too late
	 * for.
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
		SETTINGS.forEach(properties::setProperty);
		// Spares a query after each INSERT.
		properties.setProperty("jdbc.get_generated_keys", "false");
		return properties;
	}

	/**
	 * Reads every setting back, because some file systems refuse them silently.
	 * @param connection an open connection
	 * @throws SQLException if one is not in force
	 */
	static void requireDurable(Connection connection) throws SQLException {
		for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
			String actual = pragma(connection, setting.getKey());
			if (!setting.getValue().equals(actual)) {
				throw new SQLException("SQLite has %s = %s on this file system where %s is needed"
					.formatted(setting.getKey(), actual, setting.getValue()));
			}
		}
	}

	/**
	 * Moves the write-ahead log into the database and cuts it to nothing.
	 * @param connection a connection outside a transaction
	 * @param patience how long to wait for a reader that is in the way
	 * @return whether that is done
	 * @throws SQLException if the store failed
	 */
	static boolean truncateLog(Connection connection, Duration patience) throws SQLException {
		pragma(connection, "busy_timeout = " + patience.toMillis());
		boolean truncated = "0".equals(pragma(connection, "wal_checkpoint(TRUNCATE)"));
		pragma(connection, "busy_timeout = " + BUSY_TIMEOUT_MS);
		return truncated;
	}

	/**
	 * Writes the database anew, from its rows. To erase them is not enough: when SQLite
	 * has moved rows from page to page, copies of them stay in the gaps, and erasing the
	 * rows leaves these alone, even with {@code secure_delete}.
	 * @param connection a connection outside a transaction, without a statement that is
	 * still prepared
	 * @return whether that is done; not if there is no room for it, or another process is
	 * in the way
	 * @throws SQLException if the store failed
	 */
	static boolean rewrite(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("VACUUM");
			return true;
		}
		catch (SQLException ex) {
			if (code(ex) == FULL || code(ex) == BUSY) {
				return false;
			}
			throw ex;
		}
	}

	/**
	 * Requires that the whole database can be read and is consistent.
	 * @param connection an open connection
	 * @param limit how long the check may take; a database that is too large for it is
	 * checked in part
	 * @throws SQLException if it is {@linkplain #isDamage damaged}
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
			String finding = pragma(connection, "integrity_check(1)");
			if (!finding.equals("ok")) {
				throw new SQLException(finding, "", CORRUPT);
			}
		}
		catch (SQLException ex) {
			if (code(ex) != INTERRUPT) {
				throw ex;
			}
		}
		finally {
			ProgressHandler.clearHandler(connection);
		}
	}

	/** Whether the file is damaged, or the disk cannot read it. */
	static boolean isDamage(SQLException ex) {
		return code(ex) == CORRUPT || code(ex) == NOTADB
				|| (ex instanceof SQLiteException sqlite && UNREADABLE.contains(sqlite.getResultCode()));
	}

	/** Whether rights or a full disk keep SQLite from writing. */
	static boolean isWritingRefused(Throwable cause) {
		return cause instanceof SQLException ex && WRITING_REFUSED.contains(code(ex));
	}

	static boolean isConstraintViolation(SQLException ex) {
		return code(ex) == CONSTRAINT;
	}

	/** The code without the part that tells variants apart. */
	private static int code(SQLException ex) {
		return ex.getErrorCode() & 0xFF;
	}

	private static String pragma(Connection connection, String pragma) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
			return row.next() ? row.getString(1) : "";
		}
	}

}
