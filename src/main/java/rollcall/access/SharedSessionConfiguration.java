package rollcall.access;

import java.io.IOException;
import java.time.Duration;

import javax.sql.DataSource;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import rollcall.problem.Problems;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stores the sessions of teachers in the database of the cluster, so that a login by the
 * form is valid on every node. A single node uses Tomcat's own sessions instead.
 */
@Configuration(proxyBeanMethods = false)
@Profile("cluster")
class SharedSessionConfiguration {

	/** The migrations create this table, and one for its attributes. */
	private static final String TABLE = "teacher_session";

	/**
	 * Writes the time of the last request at most once a minute. A dashboard sends a
	 * request every 15 seconds, and each write would be a commit.
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
	 * Each statement is a transaction of its own: no statement depends on another, and an
	 * unreachable database is then an ordinary error of the statement.
	 */
	@Bean
	JdbcIndexedSessionRepository teacherSessions(DataSource database, AccessProperties properties,
			Environment environment) {
		JdbcIndexedSessionRepository sessions = new JdbcIndexedSessionRepository(new JdbcTemplate(database),
				TransactionOperations.withoutTransaction());
		sessions.setTableName(TABLE);
		new PostgreSqlJdbcIndexedSessionRepositoryCustomizer().customize(sessions);
		sessions.setUpdateSessionQuery(UPDATE);
		sessions.setConversionService(new SessionSerializer(properties.teachers()).conversions());
		sessions.setDefaultMaxInactiveInterval(
				environment.getRequiredProperty("server.servlet.session.timeout", Duration.class));
		return sessions;
	}

	@Bean
	SharedSessionSockets sharedSessionSockets(DataSource database) {
		return new SharedSessionSockets(database, TABLE);
	}

	/**
	 * Adds the sessions to Spring Security's filters. The session filter is not a bean,
	 * because Spring Boot would add it to every path, also to those of students.
	 */
	@Bean
	Customizer<HttpSecurity> sharedSessions(JdbcIndexedSessionRepository sessions, SharedSessionSockets sockets,
			PublicUrl publicUrl, Environment environment, Problems problems) {
		DefaultCookieSerializer cookie = new DefaultCookieSerializer();
		cookie.setCookieName(environment.getRequiredProperty("server.servlet.session.cookie.name"));
		if (publicUrl.isEncrypted()) {
			cookie.setUseSecureCookie(true);
		}
		CookieHttpSessionIdResolver ids = new CookieHttpSessionIdResolver();
		ids.setCookieSerializer(cookie);
		SessionRepositoryFilter<?> filter = new SessionRepositoryFilter<>(sessions);
		filter.setHttpSessionIdResolver(ids);
		Filter outages = (request, response, chain) -> answerOutage(request, response, chain, problems);
		return (http) -> http.addFilterBefore(outages, DisableEncodeUrlFilter.class)
			.addFilterBefore(filter, SecurityContextHolderFilter.class)
			.addFilterAfter(sockets::remember, AuthorizationFilter.class);
	}

	/** Answers 503 while the database of the sessions does not answer. */
	private static void answerOutage(ServletRequest request, ServletResponse response, FilterChain chain,
			Problems problems) throws IOException, ServletException {
		try {
			chain.doFilter(request, response);
		}
		catch (DataAccessException ex) {
			if (response.isCommitted()) {
				throw ex;
			}
			response.resetBuffer();
			problems.write(ex, (HttpServletRequest) request, (HttpServletResponse) response);
		}
	}

}
