package rollcall.roll.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rollcall.roll.LiveFeed;
import rollcall.roll.RollEvent;
import rollcall.roll.Worker;

/**
 * Publishes the committed events of all nodes to the subscribers of this node. It listens
 * on its own connection and reconnects after a failure. It remembers the last published
 * number of each open roll. After a reconnect it publishes the missed events, so that
 * each event is published once and in order.
 */
class NotificationListener extends Worker implements MeterBinder {

	/** After this long without a notification the connection is tested. */
	private static final Duration SILENCE = Duration.ofSeconds(2);

	/** The pause before the next attempt to connect. */
	private static final Duration PAUSE = Duration.ofMillis(500);

	/**
	 * The number of ended rolls that are remembered. After a reconnect the end of a roll
	 * is read from the table, and its notification may arrive later.
	 */
	private static final int MAX_ENDED = 100_000;

	private static final Logger logger = LoggerFactory.getLogger(NotificationListener.class);

	private final PostgresDatabase database;

	private final LiveFeed feed;

	/** The last published number of each open roll. */
	private final Map<UUID, Long> published = new HashMap<>();

	private final Map<UUID, Boolean> ended = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
			return size() > MAX_ENDED;
		}

	};

	private final CountDownLatch firstTry = new CountDownLatch(1);

	private volatile boolean listening;

	private volatile @Nullable Connection connection;

	NotificationListener(PostgresDatabase database, LiveFeed feed) {
		super("roll-listener");
		this.database = database;
		this.feed = feed;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("rollcall.listener.listening", this, (listener) -> listener.isListening() ? 1 : 0)
			.description("1 while this node receives the commits of all nodes")
			.register(registry);
	}

	/** Whether the notifications of all nodes reach this one at present. */
	boolean isListening() {
		return this.listening;
	}

	/** Waits for the first attempt: this node must listen before it has subscribers. */
	@Override
	public void start() {
		super.start();
		try {
			this.firstTry.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Also closes the connection: an interrupt does not end a read from its socket. */
	@Override
	protected void wake(Thread thread) {
		thread.interrupt();
		Connection connection = this.connection;
		try {
			if (connection != null) {
				connection.abort(Runnable::run);
			}
		}
		catch (SQLException ex) {
			logger.debug("The connection could not be closed", ex);
		}
	}

	@Override
	protected void work() throws InterruptedException {
		while (isRunning()) {
			try (Connection connection = this.database.connect("rollcall-listener")) {
				this.connection = connection;
				listen(connection);
			}
			catch (SQLException | RuntimeException ex) {
				if (isRunning() && (this.listening || this.firstTry.getCount() > 0)) {
					logger.warn("The database's notifications cannot be received; this node tries again", ex);
				}
			}
			this.listening = false;
			this.firstTry.countDown();
			Thread.sleep(PAUSE.toMillis());
		}
	}

	private void listen(Connection connection) throws SQLException {
		// From now on commits are notified. Earlier ones are read from the tables.
		execute(connection, "LISTEN " + NotificationCodec.CHANNEL);
		catchUp(connection);
		this.listening = true;
		this.firstTry.countDown();
		PGConnection notifications = connection.unwrap(PGConnection.class);
		while (isRunning()) {
			PGNotification[] received = notifications.getNotifications((int) SILENCE.toMillis());
			if (received == null || received.length == 0) {
				execute(connection, "SELECT 1");
				continue;
			}
			for (PGNotification notification : received) {
				publish(notification.getParameter());
			}
		}
	}

	private void publish(String payload) {
		List<RollEvent> events;
		try {
			events = NotificationCodec.decode(payload);
		}
		catch (RuntimeException ex) {
			logger.warn("A notification has an unknown form and is ignored", ex);
			return;
		}
		events.removeIf((event) -> !isNew(event));
		this.feed.publish(events);
	}

	private boolean isNew(RollEvent event) {
		if (this.ended.containsKey(event.rollId())) {
			return false;
		}
		if (event.type().equals(RollEvent.ENDED)) {
			this.published.remove(event.rollId());
			this.ended.put(event.rollId(), true);
			return true;
		}
		if (event.seq() <= this.published.getOrDefault(event.rollId(), 0L)) {
			return false;
		}
		this.published.put(event.rollId(), event.seq());
		return true;
	}

	/**
	 * Publishes missed events from one snapshot of the tables: of each changed student
	 * the last one, so that subscribers see gaps and read the roll. The first call
	 * publishes nothing, because this node has no subscribers yet. For a roll that was
	 * erased in the meantime nothing can be published; its subscribers notice that when
	 * they read the roll again.
	 */
	private void catchUp(Connection connection) throws SQLException {
		boolean first = this.firstTry.getCount() > 0;
		Set<UUID> open = new HashSet<>();
		execute(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
		for (StoredRoll roll : StoredRoll.all(connection)) {
			UUID rollId = roll.rollId();
			if (!first && !this.ended.containsKey(rollId) && this.feed.hasSubscribers(rollId)) {
				this.feed.publish(roll.eventsAfter(this.published.getOrDefault(rollId, 0L), connection));
			}
			if (roll.endedAt() != null) {
				this.ended.put(rollId, true);
			}
			else {
				this.published.put(rollId, roll.lastSeq());
				open.add(rollId);
			}
		}
		execute(connection, "COMMIT");
		this.published.keySet().retainAll(open);
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
