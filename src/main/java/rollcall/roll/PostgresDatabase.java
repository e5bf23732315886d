package rollcall.roll;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.LongSupplier;

import org.postgresql.PGProperty;

/**
 * The database that all nodes share. The sessions that write and that listen have
 * connections of their own, named so that an administrator can tell them apart; where the
 * address names several servers, they go to the one that is primary.
 */
final class PostgresDatabase implements Database {

	private static final String CANNOT_CONNECT = "08";

	private static final String LOGIN_REFUSED = "28";

	private static final String INVALID_VALUE = "22";

	private static final String UNKNOWN_PARAMETER = "42704";

	private final DatabaseAddress address;

	private final RollCallProperties properties;

	private final LongSupplier nanos;

	PostgresDatabase(DatabaseAddress address, RollCallProperties properties, LongSupplier nanos) {
		this.address = address;
		this.properties = properties;
		this.nanos = nanos;
	}

	DatabaseAddress address() {
		return this.address;
	}

	@Override
	public WriteSession openWriteSession() throws SQLException {
		Connection connection = connect("rollcall-writer");
		try {
			return new PostgresSession(connection, this.properties, this.nanos);
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	/**
	 * Connects.
	 * @param name what the connection is for
	 * @return a connection that commits by itself, and gives up what takes too long
	 * @throws SQLException if there is no primary server there
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
			Postgres.limit(connection);
			return connection;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	/** The driver's properties for every connection; what the URL says comes first. */
	static Properties connectionProperties() {
		Properties properties = new Properties();
		PGProperty.APPLICATION_NAME.set(properties, "rollcall");
		PGProperty.CONNECT_TIMEOUT.set(properties, 3);
		// Below the time that a request waits for its answer, above what a server that is
		// there lets a statement take.
		PGProperty.SOCKET_TIMEOUT.set(properties, 8);
		PGProperty.TCP_KEEP_ALIVE.set(properties, true);
		PGProperty.TARGET_SERVER_TYPE.set(properties, "primary");
		// After a failover the servers have changed places.
		PGProperty.HOST_RECHECK_SECONDS.set(properties, 0);
		return properties;
	}

	/** Requires that it is there, and safe to write to. */
	void check() {
		try (Connection connection = connect("rollcall")) {
			Postgres.requireDurable(connection);
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
	public StoreStartException unusable(SQLException cause) {
		String state = (cause.getSQLState() != null) ? cause.getSQLState() : "";
		if (cause instanceof Postgres.UnsafeDatabaseException) {
			return StoreStartException.database(
					"The database %s is not used: %s.".formatted(this.address, cause.getMessage()),
					"Name the primary server, of a version that is maintained, with fsync, full_page_writes and "
							+ "synchronous_commit on, also for this role and database.",
					cause);
		}
		if (state.startsWith(LOGIN_REFUSED)) {
			return StoreStartException.database(
					"The database %s refuses the login: %s.".formatted(this.address, cause.getMessage()),
					"Check the role and the password in DATABASE_URL.", cause);
		}
		if (state.startsWith(INVALID_VALUE) || state.equals(UNKNOWN_PARAMETER)) {
			return StoreStartException.database(
					"The database %s refuses a parameter of the connection: %s".formatted(this.address,
							cause.getMessage()),
					"Correct the parameters after the question mark in DATABASE_URL, or the settings of the role.",
					cause);
		}
		if (state.startsWith(CANNOT_CONNECT)) {
			return StoreStartException.database(
					"The database %s cannot be reached: %s".formatted(this.address, cause.getMessage()),
					"Start PostgreSQL, or correct DATABASE_URL; a server that is a standby is not used.", cause);
		}
		return StoreStartException.database(
				"The database %s cannot be used: %s".formatted(this.address, cause.getMessage()),
				"Check that the database is there and that the role may use it.", cause);
	}

}
