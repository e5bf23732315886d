package rollcall.roll;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded store's database, a file in the data folder. After damage was found it is
 * not written again before a check of the whole file finds none.
 */
final class SqliteDatabase implements Database {

	/** Nothing is written meanwhile, so a large file may take its time. */
	private static final Duration CHECK_LIMIT = Duration.ofMinutes(10);

	private static final Logger logger = LoggerFactory.getLogger(SqliteDatabase.class);

	private final DataDirectory directory;

	private final Clock clock;

	private final RollCallProperties properties;

	private final AtomicBoolean damaged = new AtomicBoolean();

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
			if (this.damaged.get()) {
				Sqlite.requireSound(connection, CHECK_LIMIT);
				this.damaged.set(false);
			}
			return new SqliteSession(connection, this.clock, this.properties, this.pause, this.nanos);
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	@Override
	public String place() {
		return "the data folder " + this.directory.database().normalize().getParent();
	}

	@Override
	public StoreStartException unusable(SQLException cause) {
		return StoreStartException.unusable(this.directory.database(), cause);
	}

	@Override
	public void failed(SQLException failure) {
		if (Sqlite.isDamage(failure) && this.damaged.compareAndSet(false, true)) {
			logger.error("The file {} is damaged or cannot be read. Presences are refused until it can be read again."
					+ " Stop the server and restore the folder from a backup, or move {}* to another folder; \"sqlite3 {} .recover\""
					+ " prints what can still be read", this.directory.database(), this.directory.database(),
					this.directory.database(), failure);
		}
	}

	@Override
	public boolean isDamaged() {
		return this.damaged.get();
	}

}
