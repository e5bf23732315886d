package rollcall.roll;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.roll.sqlite.SqliteFolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A data folder of an older version keeps its open rolls and its sheets.
 */
class SqliteMigrationTests {

	private static final UUID OPEN = UUID.randomUUID();

	private static final UUID ENDED = UUID.randomUUID();

	@TempDir
	Path folder;

	@Test
	void openRollsAndKeptSheetsOfVersion2AreRead() throws Exception {
		long now = System.currentTimeMillis();
		writeVersion2(now);
		try (SqliteFolder sqlite = new SqliteFolder(this.folder, Clock.systemUTC());
				TestSession session = TestSession.open(sqlite.database())) {
			RollStore store = new RollStore(sqlite.dataSource(), sqlite.database(), StoreFixture.DEFAULTS,
					new StoreClock(), new RollCodes());
			Teacher ana = new Teacher("ana", false);
			CurrentRoll roll = store.currentRoll(1, 0, ana).orElseThrow();
			assertThat(roll.rollId()).isEqualTo(OPEN);
			assertThat(roll.presences()).extracting(Presence::studentId).containsExactly("b", "a");
			Change.Arrival repeated = new Change.Arrival(1, "b", SentCode.NONE);
			Change.Arrival next = new Change.Arrival(1, "c", SentCode.NONE);
			Change.End again = new Change.End(2, new RollMatch(false, List.of(ENDED)), Teacher.AT_THIS_MACHINE);
			session.apply(List.of(repeated, next, again));
			session.commit();
			List.of(repeated, next, again).forEach(Change::complete);
			assertThat(repeated.answer().join().at().toEpochMilli()).isEqualTo(now);
			assertThat(session.events()).extracting(RollEvent::seq).containsExactly(3L);
			assertThat(again.answer().join().studentIds()).containsExactly("x");
		}
	}

	private void writeVersion2(long now) throws SQLException {
		String url = SqliteFolder.create(this.folder);
		Flyway.configure()
			.dataSource(url, null, null)
			.locations("classpath:db/migration/sqlite")
			.outputQueryResults(false)
			.target("2")
			.load()
			.migrate();
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement()) {
			statement.executeUpdate("""
					INSERT INTO roll (roll_no, roll_id, class_id, owner, started_at, ended_at, last_seq, last_at)
					VALUES (3, '%s', 1, 'ana', %d, NULL, 2, %2$d), (7, '%s', 2, NULL, %2$d, %2$d, 1, %2$d)"""
				.formatted(OPEN, now, ENDED));
			statement.executeUpdate("""
					INSERT INTO presence (roll_no, student_id, seq, at)
					VALUES (3, 'a', 2, %d), (3, 'b', 1, %1$d), (7, 'x', 1, %1$d)""".formatted(now));
		}
	}

}
