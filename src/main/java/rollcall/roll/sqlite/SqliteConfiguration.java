package rollcall.roll.sqlite;

import java.sql.SQLException;
import java.time.Clock;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import rollcall.roll.RollCallProperties;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * The beans of the embedded store: SQLite in the data folder. No database must be
 * installed. It is active without the profile {@code cluster}.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!cluster")
class SqliteConfiguration {

	/** The size of the pool. Its connections only read, which is fast. */
	private static final int CONNECTIONS = 4;

	/**
	 * The maximum time that a read waits for a connection of the pool; shorter than
	 * {@link rollcall.roll.RollCallService#ANSWER_TIMEOUT}.
	 */
	private static final long CONNECTION_TIMEOUT_MS = 8_000;

	@Bean
	DataDirectory dataDirectory(RollCallProperties properties) {
		return DataDirectory.take(properties.dataDir());
	}

	@Bean
	HikariDataSource dataSource(DataDirectory dataDirectory) {
		new SqliteInspection(dataDirectory.database()).requireUsable();
		try {
			SqliteSettings.create(dataDirectory.jdbcUrl());
		}
		catch (SQLException ex) {
			throw SqliteStartFailures.unusable(dataDirectory.database(), ex);
		}
		HikariConfig config = new HikariConfig();
		config.setPoolName("store");
		config.setJdbcUrl(dataDirectory.jdbcUrl());
		config.setDataSourceProperties(SqliteSettings.connectionProperties());
		config.setMaximumPoolSize(CONNECTIONS);
		config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
		config.setMinimumIdle(1);
		return new HikariDataSource(config);
	}

	@Bean
	SqliteDatabase database(DataDirectory dataDirectory, Clock clock) {
		return new SqliteDatabase(dataDirectory, clock);
	}

}
