package rollcall.roll.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.sqlite.NativeLibraryNotFoundException;
import rollcall.settings.StartupFailure;

import static org.assertj.core.api.Assertions.assertThat;

class SqliteStartFailuresTests {

	@Test
	void aMissingLibraryNamesTheSystemAndTheOption() {
		StartupFailure failure = SqliteStartFailures.unusable(Path.of("rollcall.db"),
				new SQLException("Error opening connection", new NativeLibraryNotFoundException("No library")));
		assertThat(failure).hasMessageContaining(System.getProperty("os.arch"));
		assertThat(failure.action()).contains("-Dorg.sqlite.lib.path", "-Dorg.sqlite.tmpdir");
	}

}
