package rollcall.access;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.websocket.server.ServerContainer;
import org.apache.tomcat.websocket.server.WsServerContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Closes the WebSockets of this node whose session has ended on any node. Tomcat does
 * this only for sessions that it stores itself.
 */
class SharedSessionSockets implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(SharedSessionSockets.class);

	/**
	 * A dashboard reads its roll at the same interval, and is refused after the session
	 * has ended.
	 */
	private static final long INTERVAL_SECONDS = 15;

	private final JdbcClient database;

	private final String findExisting;

	/** Sessions with a socket on this node, by their id. */
	private final Map<String, ServletContext> sessions = new ConcurrentHashMap<>();

	private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "shared-session-sockets");
		thread.setDaemon(true);
		return thread;
	});

	SharedSessionSockets(DataSource database, String table) {
		this.database = JdbcClient.create(database);
		this.findExisting = "SELECT session_id FROM " + table + " WHERE session_id = ANY(?)";
		this.scheduler.scheduleWithFixedDelay(this::closeEnded, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
	}

	/** A filter that records the session of an authorized request for a WebSocket. */
	void remember(ServletRequest authorized, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest request = (HttpServletRequest) authorized;
		if (request.getHeader(HttpHeaders.UPGRADE) != null) {
			HttpSession session = request.getSession(false);
			if (session != null) {
				this.sessions.put(session.getId(), request.getServletContext());
			}
		}
		chain.doFilter(request, response);
	}

	void closeEnded() {
		Set<String> asked = Set.copyOf(this.sessions.keySet());
		if (asked.isEmpty()) {
			return;
		}
		try {
			Set<String> ended = new HashSet<>(asked);
			ended.removeAll(
					this.database.sql(this.findExisting).param(asked.toArray(String[]::new)).query(String.class).set());
			ended.forEach(this::closeSockets);
		}
		catch (DataAccessException ex) {
			logger.debug("The ended sessions are unknown while the database does not answer", ex);
		}
	}

	private void closeSockets(String session) {
		ServletContext context = this.sessions.remove(session);
		if (context != null
				&& context.getAttribute(ServerContainer.class.getName()) instanceof WsServerContainer container) {
			container.handleHttpSessionKeyUnbound(session);
		}
	}

	@Override
	public void destroy() {
		this.scheduler.shutdownNow();
	}

}
