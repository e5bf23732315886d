package rollcall.roll;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.roll.sqlite.SqliteFolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SqliteStoreTests extends ClockContract {

	@TempDir
	Path folder;

	@TempDir
	Path copies;

	private SqliteFolder sqlite;

	@Override
	StoreDatabase openStore() {
		this.sqlite = new SqliteFolder(this.folder, this.clock);
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
	void anErasedStudentIsInNoFile() throws Exception {
		start();
		present("forget.me.042191010");
		end();
		pass(RETENTION);
		upkeep();
		assertThat(needsTidyingUp()).isTrue();
		this.session.session().tidyUp(true);
		assertThat(needsTidyingUp()).isFalse();
		List<String> files = copyOfFolder();
		assertThat(files).isNotEmpty().noneMatch((file) -> file.contains("forget.me"));
	}

	/**
	 * SQLite moves rows between pages when they are inserted in random order, and leaves
	 * copies. With this seed the erasing alone would leave one copy.
	 */
	@Test
	void copiesOfMovedRowsAreInNoFile() throws Exception {
		Random random = new Random(2);
		List<Change<?>> students = new ArrayList<>();
		for (long classId = 10; classId < 30; classId++) {
			apply(new Change.Start(classId, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE));
			for (int i = 0; i < 300; i++) {
				students.add(new Change.Arrival(classId,
						marker(classId) + Integer.toHexString(i * 0x9E3779B1) + "-".repeat(random.nextInt(40)),
						SentCode.NONE));
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
			this.session.session().tidyUp(true);
			String erased = marker(classId);
			assertThat(copyOfFolder()).noneMatch((file) -> file.contains(erased))
				.anyMatch((file) -> file.contains(marker(29)));
		}
	}

	private static String marker(long classId) {
		return "of" + classId + ".";
	}

	@Test
	void theFileIsRewrittenLaterUnderLoadAndAtOnceWhenIdle() throws Exception {
		this.session.session().tidyUp(false);
		assertThat(needsTidyingUp()).as("the first rewriting is not delayed").isFalse();
		start();
		present("a");
		end();
		pass(RETENTION);
		upkeep();
		this.session.session().tidyUp(false);
		assertThat(needsTidyingUp()).isTrue();
		this.session.session().tidyUp(true);
		assertThat(needsTidyingUp()).isFalse();
	}

	/** SQLite cannot rewrite the file while a statement is in progress. */
	@Test
	void aFailedRewriteIsNotRepeatedAtOnce() throws Exception {
		start();
		present("a");
		try (var open = this.session.connection().createStatement();
				var rows = open.executeQuery("SELECT 1 UNION ALL SELECT 2")) {
			rows.next();
			assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.session.session().tidyUp(true));
			this.session.session().tidyUp(true);
		}
		assertThat(needsTidyingUp()).isTrue();
	}

	@Test
	void recordedStudentIsInAFile() throws Exception {
		start();
		present("find.me.042191010");
		assertThat(copyOfFolder()).anyMatch((file) -> file.contains("find.me"));
	}

	private boolean needsTidyingUp() {
		return SqliteFolder.needsTidyingUp(this.session.session());
	}

	/**
	 * Copies the folder by another process: if this one read the files, it would release
	 * SQLite's locks.
	 */
	private List<String> copyOfFolder() throws Exception {
		Path copy = Files.createTempDirectory(this.copies, "copy");
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
