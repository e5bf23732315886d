package rollcall;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * The clock of a database, which a test moves: PostgreSQL calls this function instead of
 * its own clock_timestamp().
 */
public final class DatabaseClock implements AutoCloseable {

	/** The setting that servers on such a database need. */
	public static final String SETTING = "--spring.flyway.schemas=public";

	private static final String CREATE = """
			CREATE SCHEMA test;
			CREATE TABLE test.clock AS SELECT 0::bigint AS moved;
			CREATE FUNCTION test.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
			'SELECT pg_catalog.clock_timestamp() + moved * interval ''1 second'' FROM test.clock';
			DO $$ BEGIN EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET search_path = test, pg_catalog, public',
			current_database()); END $$""";

	private final Connection connection;

	/**
	 * Gives an empty database such a clock, before the first server uses it.
	 */
	public DatabaseClock(PostgresServer.Database database) {
		try {
			this.connection = DriverManager.getConnection(database.jdbcUrl(), PostgresServer.USER,
					PostgresServer.PASSWORD);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		execute(CREATE);
	}

	/** Moves the clock by whole seconds. */
	public void move(Duration duration) {
		execute("UPDATE test.clock SET moved = moved + " + duration.toSeconds());
	}

	private void execute(String sql) {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
