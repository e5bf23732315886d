package rollcall.live;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/**
 * The open sockets of this node, and the limit of their number.
 */
@Component
class OpenSockets implements MeterBinder {

	/**
	 * Heap of an idle socket in bytes, rounded up; {@code src/bench/footprint} measures
	 * it.
	 */
	private static final long HEAP_PER_SOCKET = 65_536;

	/** The maximum number of sockets. They may use a quarter of the heap. */
	private static final int MAX_SOCKETS = (int) Math.min(5_000,
			Runtime.getRuntime().maxMemory() / 4 / HEAP_PER_SOCKET);

	private static final Logger logger = LoggerFactory.getLogger(OpenSockets.class);

	private final AtomicInteger count = new AtomicInteger();

	private final Map<String, WebSocketSession> sessions = new ConcurrentHashMap<>();

	/** Returns false if the limit is reached. */
	boolean add(WebSocketSession session) {
		if (this.count.incrementAndGet() > MAX_SOCKETS) {
			this.count.decrementAndGet();
			return false;
		}
		this.sessions.put(session.getId(), session);
		return true;
	}

	/** Returns false if the socket was not added, or was removed already. */
	boolean remove(WebSocketSession session) {
		if (this.sessions.remove(session.getId()) == null) {
			return false;
		}
		this.count.decrementAndGet();
		return true;
	}

	/**
	 * Closes the sockets that are open now, one after the other, so that their clients do
	 * not all reconnect at the same time.
	 * @param status the close code
	 * @param spread the time from the first close to the last
	 */
	void close(CloseStatus status, Duration spread) throws InterruptedException {
		List<WebSocketSession> open = List.copyOf(this.sessions.values());
		long began = System.nanoTime();
		for (int i = 0; i < open.size(); i++) {
			long pauseNanos = began + spread.toNanos() / open.size() * i - System.nanoTime();
			if (pauseNanos > 0) {
				Thread.sleep(pauseNanos / 1_000_000, (int) (pauseNanos % 1_000_000));
			}
			close(open.get(i), status);
		}
	}

	/** Closes a socket if it is still open. */
	void close(String sessionId, CloseStatus status) {
		WebSocketSession session = this.sessions.get(sessionId);
		if (session != null) {
			close(session, status);
		}
	}

	private static void close(WebSocketSession session, CloseStatus status) {
		try {
			session.close(status);
		}
		catch (Exception ex) {
			logger.debug("The socket was closed already", ex);
		}
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("rollcall.sockets", this.count, AtomicInteger::get)
			.description("open sockets of dashboards and consoles")
			.register(registry);
	}

}
