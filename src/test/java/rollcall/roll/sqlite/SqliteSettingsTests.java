package rollcall.roll.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SqliteSettingsTests {

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource({ "journal_mode, delete", "synchronous, 1", "secure_delete, 0", "foreign_keys, 0", "busy_timeout, 1" })
	void aConnectionWithAnUnsafeSettingIsRefused(String setting, String value) throws SQLException {
		Properties properties = SqliteSettings.connectionProperties();
		properties.setProperty(setting, value);
		try (Connection connection = DriverManager.getConnection(url(), properties)) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> SqliteSettings.requireInForce(connection))
				.withMessageContaining(setting);
		}
	}

	@Test
	void aConnectionWithAllSettingsIsAccepted() throws SQLException {
		try (Connection connection = DriverManager.getConnection(url(), SqliteSettings.connectionProperties())) {
			assertThatNoException().isThrownBy(() -> SqliteSettings.requireInForce(connection));
		}
	}

	private String url() {
		return "jdbc:sqlite:" + this.folder.resolve("x.db");
	}

}
