package rollcall.roll;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * The embedded store's database, a file in the data folder.
 */
final class SqliteDatabase implements Database {

	private final DataDirectory directory;

	private final Clock clock;

	private final RollCallProperties properties;

	/** Outlives a session that the rewriting of the file takes down. */
	private final RewritePause pause = new RewritePause(System::nanoTime);

	private final LongSupplier nanos;

	SqliteDatabase(DataDirectory directory, Clock clock, RollCallProperties properties, LongSupplier nanos) {
		this.directory = directory;
		this.clock = clock;
		this.properties = properties;
		this.nanos = nanos;
	}

	@Override
	public WriteSession openWriteSession() throws SQLException {
		Connection connection = DriverManager.getConnection(this.directory.jdbcUrl(), Sqlite.connectionProperties());
		try {
			return new SqliteSession(connection, this.clock, this.properties, this.pause, this.nanos);
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	@Override
	public String place() {
		return "the data folder " + this.directory.path().toAbsolutePath().normalize();
	}

	@Override
	public StoreStartException unusable(SQLException cause) {
		return StoreStartException.unusable(this.directory.path(), cause);
	}

}
