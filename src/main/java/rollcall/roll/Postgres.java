package rollcall.roll;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import rollcall.roll.WriteSession.Failure;

/**
 * What is PostgreSQL's own: the settings without which it loses what it acknowledges, and
 * the meaning of its errors.
 */
final class Postgres {

	/** The oldest that is still maintained and tested here, as PostgreSQL counts. */
	private static final int OLDEST = 150_000;

	/** Setting to the values with which an acknowledged commit is on the disk. */
	private static final Map<String, Set<String>> DURABLE = new LinkedHashMap<>();
	static {
		DURABLE.put("fsync", Set.of("on"));
		DURABLE.put("full_page_writes", Set.of("on"));
		// The weaker ones do not wait for a standby's disk, if there is a standby.
		DURABLE.put("synchronous_commit", Set.of("on", "remote_apply"));
	}

	/** For a lock that was waited for once already. */
	private static final String BRIEF = "SET lock_timeout = '100ms'";

	/**
	 * Longer than a frozen node holds a lock, shorter than the wait after which the
	 * writer counts as hanging: one locked class must not make the node not ready.
	 */
	private static final String PATIENT = "SET lock_timeout = '2s'";

	/**
	 * A node that is frozen in a transaction loses its locks before the proxy stops
	 * waiting for the other nodes (1.5 s). A statement, or the wait for a lock, ends
	 * before the request it is for. A connection to a machine that is gone, or to a node
	 * that no longer reads, is closed. {@code transaction_timeout} (17+) also fires
	 * during a half-received message.
	 */
	private static final String LIMITS = "SET idle_in_transaction_session_timeout = '1s'; " + PATIENT
			+ "; SET statement_timeout = '6s'; SET tcp_user_timeout = '15s'; SET tcp_keepalives_idle = 2;"
			+ " SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; SET client_min_messages = 'warning';"
			+ " SELECT set_config('transaction_timeout', '12s', false)"
			+ " WHERE current_setting('server_version_num')::int >= 170000";

	private Postgres() {
	}

	/**
	 * Requires a server that can write and keeps what it acknowledges.
	 * @param connection an open connection
	 * @throws UnsafeDatabaseException if it is another one
	 * @throws SQLException if that cannot be found out
	 */
	static void requireDurable(Connection connection) throws SQLException {
		String version = ask(connection, "SHOW server_version_num");
		if (Integer.parseInt(version) < OLDEST) {
			throw new UnsafeDatabaseException("PostgreSQL %s is too old; %d or later is needed"
				.formatted(ask(connection, "SHOW server_version"), OLDEST / 10_000));
		}
		if (!"off".equals(ask(connection, "SHOW transaction_read_only"))) {
			throw new UnsafeDatabaseException("it cannot be written: it is a standby, or read-only");
		}
		for (Map.Entry<String, Set<String>> setting : DURABLE.entrySet()) {
			String actual = ask(connection, "SHOW " + setting.getKey());
			if (!setting.getValue().contains(actual)) {
				throw new UnsafeDatabaseException("PostgreSQL has %s = %s, with which it loses what it has acknowledged"
					.formatted(setting.getKey(), actual));
			}
		}
	}

	static void limit(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(LIMITS);
		}
	}

	/** Lets the session wait for locks for a moment only, or as long as usual. */
	static void waitForLocks(Connection connection, boolean briefly) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(briefly ? BRIEF : PATIENT);
		}
	}

	static Failure failure(SQLException ex) {
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		return switch (state) {
			case "40001", "40P01" -> Failure.CONFLICT;
			// A wait for a lock, or a statement, took too long.
			case "55P03", "57014" -> Failure.BUSY;
			default -> (state.startsWith("22") || state.startsWith("23")) ? Failure.REFUSED : Failure.LOST;
		};
	}

	/**
	 * A commit whose wait for the standby was cancelled succeeds with a warning: it is on
	 * this disk and perhaps on no other.
	 * @param commit what has committed
	 * @throws SQLException if it has warned
	 */
	static void requireNoWarning(Statement commit) throws SQLException {
		SQLWarning warning = commit.getWarnings();
		if (warning != null) {
			throw new SQLException("The commit is not certain", warning);
		}
	}

	private static String ask(Connection connection, String question) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(question)) {
			row.next();
			return row.getString(1);
		}
	}

	/** The database would lose what it has acknowledged, or cannot be written. */
	static final class UnsafeDatabaseException extends SQLException {

		UnsafeDatabaseException(String message) {
			super(message);
		}

	}

}
