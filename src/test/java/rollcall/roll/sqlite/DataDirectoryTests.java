package rollcall.roll.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.settings.StartupFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataDirectoryTests {

	@TempDir
	Path parent;

	@Test
	void aSecondServerIsRefusedWhileTheFirstRuns() throws IOException {
		Path folder = this.parent.resolve("data");
		DataDirectory first = DataDirectory.take(folder);
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(() -> DataDirectory.take(folder))
			.withMessageContaining("Another roll call server")
			.withMessageContaining(folder.toString())
			.satisfies((refusal) -> assertThat(refusal.action()).contains("--rollcall.data-dir="));
		first.close();
		DataDirectory.take(folder).close();
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aNewFolderIsPrivate() throws IOException {
		Path folder = this.parent.resolve("a/b");
		DataDirectory.take(folder).close();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
	}

	@ParameterizedTest
	@DisabledOnOs(OS.WINDOWS)
	@ValueSource(strings = { "rwx------", "rwxr-x---", "rwxr-xr-x", "rwxrwxrwx" })
	void rightsOfOtherUsersAreRemovedFromAFolderOfTheStore(String rights) throws Exception {
		Path folder = folder(rights);
		for (int start = 1; start <= 2; start++) {
			DataDirectory directory = DataDirectory.take(folder);
			SqliteSettings.create(directory.jdbcUrl());
			try (Connection connection = DriverManager.getConnection(directory.jdbcUrl());
					Statement statement = connection.createStatement()) {
				statement.execute("CREATE TABLE IF NOT EXISTS list (student TEXT)");
				assertThat(rightsIn(folder)).hasSizeGreaterThanOrEqualTo(3).allMatch("rw-------"::equals);
			}
			directory.close();
			assertThat(rights(folder)).isEqualTo("rwx------");
			// An older version left these rights.
			setRights(folder, rights);
			setRights(folder.resolve("rollcall.db"), "rw-r--r--");
		}
	}

	@ParameterizedTest
	@DisabledOnOs(OS.WINDOWS)
	@ValueSource(strings = { "rwxr-xr-x", "rwxrwxrwx", "rwx-----x" })
	void aSharedFolderWithOtherFilesIsRefusedAndUnchanged(String rights) throws IOException {
		Path folder = folder(rights);
		Files.createFile(folder.resolve("thesis.odt"));
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(() -> DataDirectory.take(folder))
			.withMessageContaining("Other users")
			.satisfies((refusal) -> assertThat(refusal.action()).contains("chmod 700"));
		assertThat(rights(folder)).isEqualTo(rights);
		assertThat(folder).isDirectoryNotContaining("glob:**rollcall*");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aPrivateFolderMayHoldOtherFiles() throws IOException {
		Path folder = folder("rwx------");
		Files.createFile(folder.resolve("backup.db"));
		DataDirectory.take(folder).close();
	}

	@Test
	void fileInPlaceOfTheFolderIsRefused() throws IOException {
		Path file = Files.createFile(this.parent.resolve("data"));
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(() -> DataDirectory.take(file))
			.withMessageContaining("cannot be used");
	}

	private Path folder(String rights) throws IOException {
		Path folder = Files.createDirectory(this.parent.resolve("data"));
		setRights(folder, rights);
		return folder;
	}

	private static void setRights(Path path, String rights) throws IOException {
		Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
	}

	private static String rights(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	private static List<String> rightsIn(Path folder) throws IOException {
		List<String> all = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
			for (Path file : files) {
				all.add(rights(file));
			}
		}
		return all;
	}

}
