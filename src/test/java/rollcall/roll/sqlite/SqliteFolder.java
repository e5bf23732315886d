package rollcall.roll.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import rollcall.roll.RollCallProperties;
import rollcall.roll.StoreDatabase;
import rollcall.roll.StoreSession;

/** The embedded store in a folder, assembled as the server does it. */
public final class SqliteFolder implements AutoCloseable {

	private final DataDirectory directory;

	private final HikariDataSource dataSource;

	private final StoreDatabase database;

	public SqliteFolder(Path folder, Clock clock) {
		this.directory = DataDirectory.take(folder);
		this.dataSource = new SqliteConfiguration().dataSource(this.directory);
		Flyway.configure()
			.dataSource(this.dataSource)
			.locations(SqliteInspection.MIGRATIONS)
			.outputQueryResults(false)
			.load()
			.migrate();
		this.database = new SqliteDatabase(this.directory, clock);
	}

	public static RollCallProperties properties(Path folder, Duration closedSheetRetention) {
		return new RollCallProperties(folder, closedSheetRetention, Duration.ofDays(7), Duration.ofHours(24), 10_000);
	}

	/** Creates an empty database. Returns its JDBC URL. */
	public static String create(Path folder) throws SQLException {
		String url = "jdbc:sqlite:" + folder.resolve("rollcall.db");
		SqliteSettings.create(url);
		return url;
	}

	/** Whether some file may still hold erased rows. */
	public static boolean needsTidyingUp(StoreSession session) {
		return ((SqliteSession) session).needsTidyingUp();
	}

	public DataSource dataSource() {
		return this.dataSource;
	}

	public StoreDatabase database() {
		return this.database;
	}

	/** Runs an action while another connection holds SQLite's write lock. */
	public static <T> T whileLocked(Path folder, Callable<T> action) throws Exception {
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
