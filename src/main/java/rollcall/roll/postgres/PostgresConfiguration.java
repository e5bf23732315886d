package rollcall.roll.postgres;

import com.zaxxer.hikari.HikariDataSource;
import rollcall.roll.LiveFeed;
import rollcall.settings.StartupFailure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.util.StringUtils;

/**
 * The beans of the shared store: a PostgreSQL database for many nodes. Its notifications
 * pass committed events to the live topics of all nodes. It is active with the profile
 * {@code cluster}.
 */
@Configuration(proxyBeanMethods = false)
@Profile("cluster")
class PostgresConfiguration {

	@Bean
	PostgresDatabase database(DataSourceProperties settings) {
		String url = settings.getUrl();
		if (!StringUtils.hasText(url)) {
			throw new StartupFailure("The profile cluster needs a PostgreSQL database, and none is named.",
					"Set DATABASE_URL=postgresql://<role>:<password>@<host>:<port>/<database>.");
		}
		PostgresTimeZone.install();
		PostgresDatabase database = new PostgresDatabase(address(url, settings));
		database.check();
		return database;
	}

	private static DatabaseAddress address(String url, DataSourceProperties settings) {
		try {
			DatabaseAddress address = DatabaseAddress.of(url);
			return new DatabaseAddress(address.url(),
					(settings.getUsername() != null) ? settings.getUsername() : address.user(),
					(settings.getPassword() != null) ? settings.getPassword() : address.password());
		}
		catch (IllegalArgumentException ex) {
			throw new StartupFailure("DATABASE_URL cannot be read: %s.".formatted(ex.getMessage()),
					"Write it as postgresql://<role>:<password>@<host>:<port>/<database>, the role and the password "
							+ "percent-encoded.",
					ex);
		}
	}

	@Bean
	@ConfigurationProperties("spring.datasource.hikari")
	HikariDataSource dataSource(PostgresDatabase database) {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(database.address().url());
		dataSource.setUsername(database.address().user());
		dataSource.setPassword(database.address().password());
		dataSource.setDataSourceProperties(PostgresDatabase.connectionProperties());
		return dataSource;
	}

	@Bean
	NotificationListener notificationListener(PostgresDatabase database, LiveFeed feed) {
		return new NotificationListener(database, feed);
	}

}
