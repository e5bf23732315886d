package rollcall.access;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.websocket.server.ServerContainer;
import org.apache.tomcat.websocket.server.WsServerContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Closes this node's sockets whose login has ended, on whichever node that was. With a
 * session of its own Tomcat does that by itself.
 */
class SocketLogins {

	private static final Logger logger = LoggerFactory.getLogger(SocketLogins.class);

	/** As often as a dashboard reads, and is refused then anyway. */
	private static final long INTERVAL_SECONDS = 15;

	private final JdbcClient database;

	private final String known;

	/** The sessions with which sockets were opened here. */
	private final Map<String, ServletContext> sessions = new ConcurrentHashMap<>();

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "socket-logins");
		thread.setDaemon(true);
		return thread;
	});

	SocketLogins(DataSource database, String table) {
		this.database = JdbcClient.create(database);
		this.known = "SELECT session_id FROM " + table + " WHERE session_id = ANY(?)";
		this.clock.scheduleWithFixedDelay(this::closeEnded, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
	}

	/** Looks after the socket that the request is about to open, if it does. */
	void remember(HttpServletRequest admitted) {
		if (admitted.getHeader(HttpHeaders.UPGRADE) != null) {
			HttpSession session = admitted.getSession(false);
			if (session != null) {
				this.sessions.put(session.getId(), admitted.getServletContext());
			}
		}
	}

	void closeEnded() {
		Set<String> asked = Set.copyOf(this.sessions.keySet());
		if (asked.isEmpty()) {
			return;
		}
		try {
			Set<String> ended = new HashSet<>(asked);
			ended
				.removeAll(this.database.sql(this.known).param(asked.toArray(String[]::new)).query(String.class).set());
			ended.forEach(this::closeSockets);
		}
		catch (DataAccessException ex) {
			logger.debug("Whose login has ended is not known while the database is away", ex);
		}
	}

	private void closeSockets(String session) {
		ServletContext context = this.sessions.remove(session);
		if (context != null
				&& context.getAttribute(ServerContainer.class.getName()) instanceof WsServerContainer container) {
			container.handleHttpSessionKeyUnbound(session);
		}
	}

	void close() {
		this.clock.shutdownNow();
	}

}
