package rollcall.roll;

import java.sql.SQLException;
import java.time.Clock;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * The store that needs nothing installed: SQLite in the data folder.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!" + ClusterStore.PROFILE)
@EnableConfigurationProperties(RollCallProperties.class)
class EmbeddedStore {

	/** They only read, which is quick. */
	private static final int CONNECTIONS = 4;

	/** A teacher waits for other readers, at most about as long as for a commit. */
	private static final long CONNECTION_TIMEOUT_MS = 8_000;

	@Bean
	DataDirectory dataDirectory(RollCallProperties properties) {
		return DataDirectory.take(properties.dataDir());
	}

	@Bean
	HikariDataSource dataSource(DataDirectory dataDirectory) {
		new SqliteInspection(dataDirectory.database()).requireUsable();
		try {
			Sqlite.create(dataDirectory.jdbcUrl());
		}
		catch (SQLException ex) {
			throw StoreStartException.unusable(dataDirectory.database(), ex);
		}
		HikariConfig config = new HikariConfig();
		config.setPoolName("store");
		config.setJdbcUrl(dataDirectory.jdbcUrl());
		config.setDataSourceProperties(Sqlite.connectionProperties());
		config.setMaximumPoolSize(CONNECTIONS);
		config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
		config.setMinimumIdle(1);
		return new HikariDataSource(config);
	}

	@Bean
	Database database(DataDirectory dataDirectory, Clock clock, RollCallProperties properties) {
		return new SqliteDatabase(dataDirectory, clock, properties, System::nanoTime);
	}

}
