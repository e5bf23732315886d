package rollcall.roll;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;

/** The embedded store in a folder, put together as the server does it. */
final class SqliteFolder implements AutoCloseable {

	private final DataDirectory directory;

	private final HikariDataSource dataSource;

	private final RollStore store;

	private final Database database;

	SqliteFolder(Path folder, Clock clock, LongSupplier nanos, RollCallProperties properties, RollMeters meters) {
		this.directory = DataDirectory.take(folder);
		this.dataSource = new EmbeddedStore().dataSource(this.directory);
		Flyway.configure()
			.dataSource(this.dataSource)
			.locations(SqliteInspection.MIGRATIONS)
			.outputQueryResults(false)
			.load()
			.migrate();
		this.database = new SqliteDatabase(this.directory, clock, properties, nanos);
		this.store = new RollStore(this.dataSource, this.database, meters, properties);
	}

	static RollCallProperties properties(Path folder, Duration closedSheetRetention) {
		return new RollCallProperties(folder, closedSheetRetention, Duration.ofDays(7), Duration.ofHours(24), 10_000);
	}

	RollStore store() {
		return this.store;
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	Database database() {
		return this.database;
	}

	/** Does something while another connection holds SQLite's write lock. */
	static <T> T whileLocked(Path folder, Callable<T> action) throws Exception {
		try (Connection connection = DriverManager
			.getConnection("jdbc:sqlite:" + folder.toAbsolutePath().resolve("rollcall.db") + "?busy_timeout=60000");
				Statement statement = connection.createStatement()) {
			statement.execute("BEGIN IMMEDIATE");
			return action.call();
		}
	}

	@Override
	public void close() throws IOException {
		this.dataSource.close();
		this.directory.close();
	}

}
