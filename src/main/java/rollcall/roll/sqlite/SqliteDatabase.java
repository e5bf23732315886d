package rollcall.roll.sqlite;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rollcall.roll.StoreDatabase;
import rollcall.roll.StoreException;
import rollcall.roll.StoreException.Kind;
import rollcall.roll.StoreSession;

/**
 * The database of the embedded store, a file in the data folder. If it is damaged,
 * nothing is written until a check of the whole file finds no damage.
 */
final class SqliteDatabase implements StoreDatabase {

	/**
	 * The time limit of this check. It may be long, because nothing is written during the
	 * check.
	 */
	private static final Duration CHECK_LIMIT = Duration.ofMinutes(10);

	private static final Logger logger = LoggerFactory.getLogger(SqliteDatabase.class);

	private final DataDirectory directory;

	private final Clock clock;

	private final AtomicBoolean damaged = new AtomicBoolean();

	/** Not part of a session, because a session may fail while it rewrites the file. */
	private final RewritePause pause = new RewritePause(System::nanoTime);

	SqliteDatabase(DataDirectory directory, Clock clock) {
		this.directory = directory;
		this.clock = clock;
	}

	@Override
	public StoreSession open() throws StoreException {
		try {
			Connection connection = DriverManager.getConnection(this.directory.jdbcUrl(),
					SqliteSettings.connectionProperties());
			try {
				if (this.damaged.get()) {
					SqliteInspection.requireSound(connection, CHECK_LIMIT);
					this.damaged.set(false);
				}
				SqliteSettings.requireInForce(connection);
				return new SqliteSession(connection, this.clock, this.pause);
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

	@Override
	public String place() {
		return "the data folder " + this.directory.database().normalize().getParent();
	}

	@Override
	public RuntimeException unusable(SQLException cause) {
		return SqliteStartFailures.unusable(this.directory.database(), cause);
	}

	@Override
	public void failed(SQLException failure) {
		if (SqliteErrors.isDamage(failure) && this.damaged.compareAndSet(false, true)) {
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
