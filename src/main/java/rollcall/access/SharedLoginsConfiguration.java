package rollcall.access;

import java.time.Duration;

import javax.sql.DataSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A login by the form counts on every node: the session is in the database that the nodes
 * share. One node alone has Tomcat's own sessions and builds nothing of this.
 */
@Configuration(proxyBeanMethods = false)
@Profile("cluster")
class SharedLoginsConfiguration {

	/** A table of this name is in the migrations, and one with its attributes. */
	private static final String TABLE = "teacher_session";

	/**
	 * Every request tells when it came. It is written once a minute: each dashboard asks
	 * every 15 seconds, and each time would be a commit of its own.
	 */
	private static final String UPDATE = """
			UPDATE teacher_session AS kept
			SET session_id = seen.session_id, last_access_time = seen.last_access_time,
			    max_inactive_interval = seen.max_inactive_interval, expiry_time = seen.expiry_time,
			    principal_name = seen.principal_name
			FROM (VALUES (CAST(? AS text), CAST(? AS bigint), CAST(? AS integer), CAST(? AS bigint), CAST(? AS text),
			              CAST(? AS text)))
			  AS seen (session_id, last_access_time, max_inactive_interval, expiry_time, principal_name, primary_id)
			WHERE kept.primary_id = seen.primary_id
			  AND (kept.session_id <> seen.session_id OR kept.principal_name IS DISTINCT FROM seen.principal_name
			       OR seen.last_access_time - kept.last_access_time >= 60000)""";

	/**
	 * Each statement is a transaction: none needs another, and a database that is away is
	 * an error of the statement like any other.
	 */
	@Bean
	JdbcIndexedSessionRepository teacherSessions(DataSource database, AccessProperties properties,
			Environment environment) {
		JdbcIndexedSessionRepository sessions = new JdbcIndexedSessionRepository(new JdbcTemplate(database),
				TransactionOperations.withoutTransaction());
		sessions.setTableName(TABLE);
		new PostgreSqlJdbcIndexedSessionRepositoryCustomizer().customize(sessions);
		sessions.setUpdateSessionQuery(UPDATE);
		sessions.setConversionService(new KeptLogin(properties.teachers()).conversions());
		sessions.setDefaultMaxInactiveInterval(
				environment.getRequiredProperty("server.servlet.session.timeout", Duration.class));
		return sessions;
	}

	@Bean
	SharedLogins sharedLogins(JdbcIndexedSessionRepository sessions, DataSource database, AccessProperties properties,
			Environment environment) {
		DefaultCookieSerializer cookie = new DefaultCookieSerializer();
		cookie.setCookieName(environment.getRequiredProperty("server.servlet.session.cookie.name"));
		if (properties.isPublicUrlEncrypted()) {
			cookie.setUseSecureCookie(true);
		}
		CookieHttpSessionIdResolver ids = new CookieHttpSessionIdResolver();
		ids.setCookieSerializer(cookie);
		SessionRepositoryFilter<?> filter = new SessionRepositoryFilter<>(sessions);
		filter.setHttpSessionIdResolver(ids);
		return new SharedLogins(filter, new SocketLogins(database, TABLE));
	}

}
