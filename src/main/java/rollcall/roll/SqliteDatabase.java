package rollcall.roll;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The embedded store's database, a file in the data folder.
 */
final class SqliteDatabase implements Database {

	private final DataDirectory directory;

	private final Clock clock;

	private final boolean keepsClosedSheets;

	/**
	 * When the file may be written anew, epoch milliseconds: if that takes a session
	 * down, the next one leaves it alone for a while.
	 */
	private final AtomicLong nextRewrite = new AtomicLong();

	SqliteDatabase(DataDirectory directory, Clock clock, boolean keepsClosedSheets) {
		this.directory = directory;
		this.clock = clock;
		this.keepsClosedSheets = keepsClosedSheets;
	}

	@Override
	public WriteSession openWriteSession() throws SQLException {
		Connection connection = DriverManager.getConnection(this.directory.jdbcUrl(), Sqlite.connectionProperties());
		try {
			return new SqliteSession(connection, this.clock, this.keepsClosedSheets, this.nextRewrite);
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	@Override
	public StoreStartException unusable(SQLException cause) {
		return StoreStartException.unusable(this.directory.path(), cause);
	}

}
