package rollcall.roll;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SqliteStoreTests extends ClockContract {

	@TempDir
	Path folder;

	private SqliteFolder sqlite;

	@Override
	Database openStore(RollCallProperties properties) {
		this.sqlite = new SqliteFolder(this.folder, this.clock, this.clock::nanos, properties, this.meters);
		return this.sqlite.database();
	}

	@Override
	DataSource dataSource() {
		return this.sqlite.dataSource();
	}

	@Override
	List<RollEvent> published() {
		return this.session.events();
	}

	@Override
	void closeStore() throws IOException {
		this.sqlite.close();
	}

	@Test
	void erasedStudentIsInNoFileAfterScrubbing() throws Exception {
		start();
		present("forget.me.042191010");
		end();
		pass(RETENTION);
		upkeep();
		assertThat(((SqliteSession) this.session).needsTidyingUp()).isTrue();
		this.session.tidyUp(true);
		assertThat(((SqliteSession) this.session).needsTidyingUp()).isFalse();
		List<String> files = copyOfFolder();
		assertThat(files).isNotEmpty().noneMatch((file) -> file.contains("forget.me"));
	}

	/**
	 * SQLite moves rows from page to page when they come in no order, and leaves copies:
	 * with this seed one that erasing does not find.
	 */
	@Test
	void rowsThatWereMovedWithinTheFileAreInNoFileEither() throws Exception {
		Random random = new Random(2);
		List<Change<?>> students = new ArrayList<>();
		for (long classId = 10; classId < 30; classId++) {
			apply(new Change.Start(classId, Teacher.AT_THIS_MACHINE));
			for (int i = 0; i < 300; i++) {
				students.add(new Change.Arrival(classId,
						marker(classId) + Integer.toHexString(i * 0x9E3779B1) + "-".repeat(random.nextInt(40))));
			}
		}
		Collections.shuffle(students, random);
		for (int i = 0; i < students.size(); i += 20) {
			apply(students.subList(i, i + 20).toArray(Change<?>[]::new));
		}
		for (long classId = 10; classId < 29; classId++) {
			apply(new Change.End(classId, RollMatch.ANY, Teacher.AT_THIS_MACHINE));
			pass(RETENTION);
			upkeep();
			this.session.tidyUp(true);
			String erased = marker(classId);
			assertThat(copyOfFolder()).noneMatch((file) -> file.contains(erased))
				.anyMatch((file) -> file.contains(marker(29)));
		}
	}

	private static String marker(long classId) {
		return "of" + classId + ".";
	}

	@Test
	void underLoadTheFileIsRewrittenLaterAndWhenNobodyWaitsAtOnce() throws Exception {
		SqliteSession sqlite = (SqliteSession) this.session;
		sqlite.tidyUp(false);
		assertThat(sqlite.needsTidyingUp()).as("the first rewriting need not wait").isFalse();
		start();
		present("a");
		end();
		pass(RETENTION);
		upkeep();
		sqlite.tidyUp(false);
		assertThat(sqlite.needsTidyingUp()).isTrue();
		sqlite.tidyUp(true);
		assertThat(sqlite.needsTidyingUp()).isFalse();
	}

	/** Here it is a statement in progress that SQLite does not write anew with. */
	@Test
	void fileThatCannotBeWrittenAnewIsLeftAloneForAWhile() throws Exception {
		start();
		present("a");
		try (var open = this.session.connection().createStatement();
				var rows = open.executeQuery("SELECT 1 UNION ALL SELECT 2")) {
			rows.next();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.session.tidyUp(true));
			this.session.tidyUp(true);
		}
		assertThat(((SqliteSession) this.session).needsTidyingUp()).isTrue();
	}

	@Test
	void recordedStudentIsInAFile() throws Exception {
		start();
		present("find.me.042191010");
		assertThat(copyOfFolder()).anyMatch((file) -> file.contains("find.me"));
	}

	@ParameterizedTest
	@CsvSource({ "journal_mode, delete", "synchronous, 1", "secure_delete, 0", "foreign_keys, 0", "busy_timeout, 1" })
	void connectionThatWouldLoseOrKeepDataIsRefused(String setting, String value, @TempDir Path other)
			throws SQLException {
		Properties properties = Sqlite.connectionProperties();
		properties.setProperty(setting, value);
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other.resolve("x.db"), properties)) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> Sqlite.requireDurable(connection))
				.withMessageContaining(setting);
		}
	}

	@Test
	void connectionWithItsSettingsIsTaken(@TempDir Path other) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other.resolve("x.db"),
				Sqlite.connectionProperties())) {
			assertThatNoException().isThrownBy(() -> Sqlite.requireDurable(connection));
		}
	}

	/**
	 * By another process: to read the files in this one would drop SQLite's locks on
	 * them.
	 */
	private List<String> copyOfFolder() throws Exception {
		Path copy = Files.createTempDirectory(this.folder.getParent(), "copy");
		Process process = new ProcessBuilder("cp", "-r", this.folder + "/.", copy.toString()).inheritIO().start();
		assertThat(process.waitFor()).isZero();
		List<String> contents = new ArrayList<>();
		try (Stream<Path> files = Files.walk(copy)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				contents.add(Files.readString(file, StandardCharsets.ISO_8859_1));
			}
		}
		return contents;
	}

}
