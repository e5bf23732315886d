package rollcall.roll.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import org.postgresql.PGProperty;
import rollcall.roll.StoreDatabase;
import rollcall.roll.StoreException;
import rollcall.roll.StoreException.Kind;
import rollcall.roll.StoreSession;
import rollcall.settings.StartupFailure;

/**
 * The database that all nodes share. The writer and the listener have their own
 * connections, with names that administrators see in {@code pg_stat_activity}. If the
 * address names several servers, the connections go to the primary.
 */
final class PostgresDatabase implements StoreDatabase {

	/**
	 * The oldest supported version, in the form of {@code server_version_num}: 15.0.
	 */
	private static final int OLDEST = 150_000;

	/** For each setting, the values with which an acknowledged commit is on the disk. */
	private static final Map<String, Set<String>> DURABLE = new LinkedHashMap<>();
	static {
		DURABLE.put("fsync", Set.of("on"));
		DURABLE.put("full_page_writes", Set.of("on"));
		// The weaker values do not wait for the disk of a standby, if there is one.
		DURABLE.put("synchronous_commit", Set.of("on", "remote_apply"));
	}

	/**
	 * The time limits of every connection.
	 * <ul>
	 * <li>A node that stops in the middle of a transaction loses its locks after 1 s. The
	 * proxy waits 1.5 s for the other nodes.</li>
	 * <li>The wait for a lock is longer than that. It is shorter than the time after
	 * which the writer counts as hanging, so that one locked class does not make the node
	 * unready.</li>
	 * <li>A statement ends before the time-out of its request.</li>
	 * <li>The TCP limits close a connection to a machine that has failed, or to a node
	 * that does not read.</li>
	 * <li>{@code transaction_timeout} (PostgreSQL 17 and later) also ends a transaction
	 * during a half-received message.</li>
	 * </ul>
	 */
	private static final String LIMITS = "SET idle_in_transaction_session_timeout = '1s'; " + PostgresSession.PATIENT
			+ "; SET statement_timeout = '6s'; SET tcp_user_timeout = '15s'; SET tcp_keepalives_idle = 2;"
			+ " SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; SET client_min_messages = 'warning';"
			+ " SELECT set_config('transaction_timeout', '12s', false)"
			+ " WHERE current_setting('server_version_num')::int >= 170000";

	private static final String CANNOT_CONNECT = "08";

	private static final String LOGIN_REFUSED = "28";

	private static final String INVALID_VALUE = "22";

	private static final String UNKNOWN_PARAMETER = "42704";

	private final DatabaseAddress address;

	PostgresDatabase(DatabaseAddress address) {
		this.address = address;
	}

	DatabaseAddress address() {
		return this.address;
	}

	@Override
	public StoreSession open() throws StoreException {
		try {
			Connection connection = connect("rollcall-writer");
			try {
				requireDurable(connection);
				return new PostgresSession(connection);
			}
			catch (SQLException | StoreException | RuntimeException ex) {
				connection.close();
				throw ex;
			}
		}
		catch (SQLException ex) {
			throw new StoreException(Kind.LOST, ex);
		}
	}

	/**
	 * Connects to the primary server.
	 * @param name the name of the connection in {@code pg_stat_activity}
	 * @return a connection in auto-commit mode, with time limits
	 * @throws SQLException if no primary server answers
	 */
	Connection connect(String name) throws SQLException {
		Properties properties = connectionProperties();
		PGProperty.APPLICATION_NAME.set(properties, name);
		if (this.address.user() != null) {
			PGProperty.USER.set(properties, this.address.user());
		}
		if (this.address.password() != null) {
			PGProperty.PASSWORD.set(properties, this.address.password());
		}
		Connection connection = DriverManager.getConnection(this.address.url(), properties);
		try {
			try (Statement statement = connection.createStatement()) {
				statement.execute(LIMITS);
			}
			return connection;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	/**
	 * The driver's properties of every connection, with times in seconds; the URL
	 * overrides them.
	 */
	static Properties connectionProperties() {
		Properties properties = new Properties();
		PGProperty.APPLICATION_NAME.set(properties, "rollcall");
		PGProperty.CONNECT_TIMEOUT.set(properties, 3);
		// Shorter than RollCallService.ANSWER_TIMEOUT, longer than statement_timeout.
		PGProperty.SOCKET_TIMEOUT.set(properties, 8);
		PGProperty.TCP_KEEP_ALIVE.set(properties, true);
		PGProperty.TARGET_SERVER_TYPE.set(properties, "primary");
		// Do not remember which server is the primary: a failover changes that.
		PGProperty.HOST_RECHECK_SECONDS.set(properties, 0);
		return properties;
	}

	/** Requires that the database can be reached and is safe to write to. */
	void check() {
		try (Connection connection = connect("rollcall")) {
			requireDurable(connection);
		}
		catch (SQLException ex) {
			throw unusable(ex);
		}
	}

	@Override
	public String place() {
		return "the PostgreSQL database " + this.address;
	}

	@Override
	public StartupFailure unusable(SQLException cause) {
		String state = (cause.getSQLState() != null) ? cause.getSQLState() : "";
		if (cause instanceof UnsafeDatabaseException) {
			return new StartupFailure("The database %s is not used: %s.".formatted(this.address, cause.getMessage()),
					"Name the primary server, of a version that is maintained, with fsync, full_page_writes and "
							+ "synchronous_commit on, also for this role and database.",
					cause);
		}
		if (state.startsWith(LOGIN_REFUSED)) {
			return new StartupFailure(
					"The database %s refuses the login: %s.".formatted(this.address, cause.getMessage()),
					"Check the role and the password in DATABASE_URL.", cause);
		}
		if (state.startsWith(INVALID_VALUE) || state.equals(UNKNOWN_PARAMETER)) {
			return new StartupFailure(
					"The database %s refuses a parameter of the connection: %s".formatted(this.address,
							cause.getMessage()),
					"Correct the parameters after the question mark in DATABASE_URL, or the settings of the role.",
					cause);
		}
		if (state.startsWith(CANNOT_CONNECT)) {
			return new StartupFailure(
					"The database %s cannot be reached: %s".formatted(this.address, cause.getMessage()),
					"Start PostgreSQL, or correct DATABASE_URL; a server that is a standby is not used.", cause);
		}
		return new StartupFailure("The database %s cannot be used: %s".formatted(this.address, cause.getMessage()),
				"Check that the database exists and that the role may use it.", cause);
	}

	/**
	 * Requires a server that can be written and does not lose acknowledged commits.
	 * @throws UnsafeDatabaseException if it does not
	 * @throws SQLException if the server does not answer
	 */
	private static void requireDurable(Connection connection) throws SQLException {
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

	private static String ask(Connection connection, String question) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(question)) {
			row.next();
			return row.getString(1);
		}
	}

	/** The database cannot be written, or could lose acknowledged commits. */
	private static final class UnsafeDatabaseException extends SQLException {

		UnsafeDatabaseException(String message) {
			super(message);
		}

	}

}
