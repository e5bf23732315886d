package rollcall.roll.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.roll.TestSession;
import rollcall.settings.StartupFailure;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * A store that must not be written is refused at the start, and no byte of it changes.
 */
class SqliteInspectionTests {

	private static final long CLASS_ID = 42;

	private static final int STUDENTS = 300;

	private static final int PAGE_BYTES = 1_024;

	@TempDir
	Path parent;

	/** The folder of a server that was killed, so that the log is not empty. */
	private Path killed;

	/** The folder of a server that was stopped. */
	private Path stopped;

	@BeforeEach
	void fill() throws Exception {
		this.stopped = Files.createDirectory(this.parent.resolve("stopped folder"));
		this.killed = this.parent.resolve("killed");
		try (SqliteFolder folder = open(this.stopped); TestSession session = TestSession.open(folder.database())) {
			session.write(TestSession.start(CLASS_ID));
			for (int i = 0; i < STUDENTS; i++) {
				session.write(TestSession.arrival(CLASS_ID, "student-" + i));
			}
			// Another process copies the files: if this one read them, it would release
			// SQLite's locks.
			Process copy = new ProcessBuilder("cp", "-r", this.stopped.toString(), this.killed.toString()).start();
			assertThat(copy.waitFor()).isZero();
		}
	}

	static Stream<Damage> damage() {
		return Stream.of(new Damage("300 bytes cut", (file) -> cut(file, 300)),
				new Damage("half of the file cut", (file) -> cut(file, Files.size(file) / 2)),
				new Damage("all but the header cut", (file) -> cut(file, Files.size(file) - 100)),
				new Damage("leaf pages flipped", (file) -> flip(file, 5L * PAGE_BYTES, (int) Files.size(file))),
				new Damage("the last page flipped", (file) -> flip(file, Files.size(file) - PAGE_BYTES, PAGE_BYTES)),
				new Damage("the header flipped", (file) -> flip(file, 0, 100)),
				new Damage("the schema flipped", (file) -> flip(file, 100, PAGE_BYTES - 100)),
				new Damage("text in its place", (file) -> Files.writeString(file, "A list of students.\n".repeat(99))));
	}

	@ParameterizedTest
	@MethodSource("damage")
	void aDamagedFileIsRefusedAndUnchanged(Damage damage) throws Exception {
		damage.how.to(database(this.stopped));
		assertThatFolderIsRefused(this.stopped, "is damaged", ".recover");
	}

	@Test
	void anEmptyFileWithALogIsRefusedAndUnchanged() throws Exception {
		cut(database(this.killed), Files.size(database(this.killed)));
		assertThatFolderIsRefused(this.killed, "its log is not", ".recover");
	}

	@ParameterizedTest
	@ValueSource(strings = { "delete", "wal" })
	void aDatabaseOfAnotherProgramIsRefusedAndUnchanged(String journal) throws Exception {
		Path folder = Files.createDirectory(this.parent.resolve("foreign"));
		execute(database(folder), "PRAGMA journal_mode = " + journal, "CREATE TABLE song (title TEXT)");
		assertThatFolderIsRefused(folder, "of another program", "--rollcall.data-dir=");
	}

	@Test
	void aDatabaseOfAnotherProgramWithFlywayIsRefusedAndUnchanged() throws Exception {
		execute(database(this.stopped), "DROP TABLE presence", "ALTER TABLE probe RENAME TO song");
		assertThatFolderIsRefused(this.stopped, "of another program", "--rollcall.data-dir=");
	}

	@Test
	void aDatabaseOfANewerVersionIsRefusedAndUnchanged() throws Exception {
		execute(database(this.stopped), "INSERT INTO flyway_schema_history SELECT 99, '99', 'future', 'SQL',"
				+ " 'V99__future.sql', 1, 'x', installed_on, 1, 1 FROM flyway_schema_history LIMIT 1");
		assertThatFolderIsRefused(this.stopped, "by a newer version", "--rollcall.data-dir=");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theFolderOfAKilledServerIsUsedAndUnchangedByTheInspection(boolean indexed) throws Exception {
		if (!indexed) {
			Files.delete(this.killed.resolve("rollcall.db-shm"));
		}
		Map<String, String> before = content(this.killed);
		new SqliteInspection(database(this.killed)).requireUsable();
		assertThat(content(this.killed)).isEqualTo(before);
		assertThat(presences(this.killed)).isEqualTo(STUDENTS);
	}

	/**
	 * SQLite's log ends at the first page with a wrong checksum, as after a power cut:
	 * later pages are lost, the earlier ones are consistent.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "flipped", "cut" })
	void aDamagedLogIsReadUpToTheDamage(String how) throws Exception {
		Path log = this.killed.resolve("rollcall.db-wal");
		if (how.equals("cut")) {
			cut(log, Files.size(log) / 4);
		}
		else {
			flip(log, Files.size(log) * 3 / 4, PAGE_BYTES);
		}
		assertThat(presences(this.killed)).isBetween(1, STUDENTS - 1);
	}

	@Test
	void folderOfAStoppedServerIsUsed() throws Exception {
		assertThat(presences(this.stopped)).isEqualTo(STUDENTS);
	}

	@Test
	void theCheckOfALargeFileIsLimitedInTime() throws Exception {
		flip(database(this.stopped), 5L * PAGE_BYTES, (int) Files.size(database(this.stopped)));
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database(this.stopped))) {
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> SqliteInspection.requireSound(connection, Duration.ofMinutes(1)))
				.matches(SqliteErrors::isDamage);
		}
		Path large = this.parent.resolve("large.db");
		execute(large, "CREATE TABLE number AS WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL"
				+ " SELECT value + 1 FROM n WHERE value < 300000) SELECT value FROM n");
		// SQLite checks the last pages of a table first.
		flip(large, 2L * 4_096, 4_096);
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + large)) {
			assertThatNoException().isThrownBy(() -> SqliteInspection.requireSound(connection, Duration.ZERO));
		}
	}

	private void assertThatFolderIsRefused(Path folder, String reason, String advice) throws Exception {
		Files.write(folder.resolve("rollcall.lock"), new byte[0]);
		Map<String, String> before = content(folder);
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(() -> open(folder).close())
			.withMessageContaining(reason)
			.withMessageContaining(database(folder).toString())
			.satisfies((refusal) -> assertThat(refusal.action()).contains("Nothing was changed", advice)
				.doesNotContain("writable"));
		assertThat(content(folder)).isEqualTo(before);
	}

	/** The number of presences of the open roll, which must equal its last number. */
	private static int presences(Path path) throws IOException {
		try (SqliteFolder folder = open(path)) {
			JdbcClient store = JdbcClient.create(folder.dataSource());
			int lastSeq = store.sql("SELECT last_seq FROM roll WHERE ended_at IS NULL").query(Integer.class).single();
			assertThat(store.sql("SELECT count(*) FROM presence").query(Integer.class).single()).isEqualTo(lastSeq);
			return lastSeq;
		}
	}

	private static SqliteFolder open(Path folder) {
		return new SqliteFolder(folder, Clock.systemUTC());
	}

	private static Path database(Path folder) {
		return folder.resolve("rollcall.db");
	}

	private static void execute(Path database, String... statements) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	private static void cut(Path file, long bytes) throws IOException {
		try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
			open.setLength(open.length() - bytes);
		}
	}

	private static void flip(Path file, long from, int count) throws IOException {
		byte[] bytes = Files.readAllBytes(file);
		for (int i = (int) from; i < Math.min(from + count, bytes.length); i++) {
			bytes[i] ^= (byte) 0xFF;
		}
		Files.write(file, bytes);
	}

	private static Map<String, String> content(Path folder) throws IOException {
		Map<String, String> content = new TreeMap<>();
		try (Stream<Path> files = Files.list(folder)) {
			for (Path file : files.toList()) {
				content.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
			}
		}
		return content;
	}

	/** A named way to damage a file. */
	record Damage(String name, Way how) {

		@Override
		public String toString() {
			return this.name;
		}

		/** A change of a file that may fail. */
		interface Way {

			void to(Path file) throws IOException;

		}

	}

}
