package rollcall.roll;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Feeds this node's watchers with what every node commits, in a session of its own that
 * connects again by itself. It remembers how far each open roll was told, so that after a
 * gap it tells what was missed and nobody has to ask: each event once, in order.
 */
class NotificationListener implements SmartLifecycle {

	/** How long silence lasts before the session is asked whether it is still there. */
	private static final Duration SILENCE = Duration.ofSeconds(2);

	private static final Duration PAUSE = Duration.ofMillis(500);

	/**
	 * Ended rolls that are remembered, because the notification of an end that was read
	 * after a gap may still come.
	 */
	private static final int MAX_ENDED = 100_000;

	private static final Logger logger = LoggerFactory.getLogger(NotificationListener.class);

	private final PostgresDatabase database;

	private final LiveFeed feed;

	private final Worker worker = new Worker("roll-listener", this::run);

	/** The number up to which each open roll was told. */
	private final Map<UUID, Long> told = new HashMap<>();

	private final Map<UUID, Boolean> ended = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
			return size() > MAX_ENDED;
		}

	};

	private final CountDownLatch firstTry = new CountDownLatch(1);

	private volatile boolean listening;

	private volatile @Nullable Connection connection;

	NotificationListener(PostgresDatabase database, LiveFeed feed, RollMeters meters) {
		this.database = database;
		this.feed = feed;
		meters.watchListener(this::isListening);
	}

	/** Whether the commits of all nodes reach this one at the moment. */
	boolean isListening() {
		return this.listening;
	}

	/** Listens before the first watcher can come. */
	@Override
	public void start() {
		this.worker.start();
		try {
			this.firstTry.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void stop() {
		this.worker.interrupt();
		Connection connection = this.connection;
		try {
			if (connection != null) {
				connection.abort(Runnable::run);
			}
		}
		catch (SQLException ex) {
			logger.debug("The database was gone", ex);
		}
		this.worker.join();
	}

	@Override
	public boolean isRunning() {
		return this.worker.isRunning();
	}

	/** Before the web server starts, after it stops. */
	@Override
	public int getPhase() {
		return 0;
	}

	private void run() {
		while (this.worker.isRunning()) {
			try (Connection connection = this.database.connect("rollcall-listener")) {
				this.connection = connection;
				listen(connection);
			}
			catch (SQLException | RuntimeException ex) {
				if (this.worker.isRunning() && (this.listening || this.firstTry.getCount() > 0)) {
					logger.warn("The database's notifications do not come; asking for them again", ex);
				}
			}
			this.listening = false;
			this.firstTry.countDown();
			pause();
		}
	}

	private void listen(Connection connection) throws SQLException {
		// What is committed from here on is notified; what was before, is read.
		execute(connection, "LISTEN " + Notifications.CHANNEL);
		catchUp(connection);
		this.listening = true;
		this.firstTry.countDown();
		PGConnection notifications = connection.unwrap(PGConnection.class);
		while (this.worker.isRunning()) {
			PGNotification[] news = notifications.getNotifications((int) SILENCE.toMillis());
			if (news == null || news.length == 0) {
				execute(connection, "SELECT 1");
				continue;
			}
			for (PGNotification notification : news) {
				tell(notification.getParameter());
			}
		}
	}

	private void tell(String payload) {
		List<RollEvent> events;
		try {
			events = Notifications.decode(payload);
		}
		catch (RuntimeException ex) {
			logger.warn("A notification is not one of ours", ex);
			return;
		}
		events.removeIf((event) -> !isNews(event));
		this.feed.publish(events);
	}

	private boolean isNews(RollEvent event) {
		if (this.ended.containsKey(event.rollId())) {
			return false;
		}
		if (event.type().equals(RollEvent.ENDED)) {
			this.told.remove(event.rollId());
			this.ended.put(event.rollId(), true);
			return true;
		}
		if (event.seq() <= this.told.getOrDefault(event.rollId(), 0L)) {
			return false;
		}
		this.told.put(event.rollId(), event.seq());
		return true;
	}

	/**
	 * Tells what was missed, as one instant shows it. The first time there is nobody yet
	 * who could have missed something. Of a roll that was erased meanwhile nothing is
	 * left to tell: who follows it learns that when reading again.
	 */
	private void catchUp(Connection connection) throws SQLException {
		boolean first = this.firstTry.getCount() > 0;
		Set<UUID> open = new HashSet<>();
		execute(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
		try (Statement statement = connection.createStatement();
				ResultSet rolls = statement
					.executeQuery("SELECT roll_no, class_id, roll_id, last_seq, ended_at FROM roll")) {
			while (rolls.next()) {
				UUID rollId = UUID.fromString(rolls.getString(3));
				long classId = rolls.getLong(2);
				long lastSeq = rolls.getLong(4);
				long endedAt = rolls.getLong(5);
				boolean ended = !rolls.wasNull();
				List<RollEvent> missed = new ArrayList<>();
				if (!first && !this.ended.containsKey(rollId) && this.feed.isFollowed(rollId)) {
					missed.addAll(missed(connection, rolls.getLong(1), classId, rollId));
					if (ended) {
						missed.add(new RollEvent(RollEvent.ENDED, classId, rollId, lastSeq, null,
								Instant.ofEpochMilli(endedAt)));
					}
				}
				if (ended) {
					this.ended.put(rollId, true);
				}
				else {
					this.told.put(rollId, lastSeq);
					open.add(rollId);
				}
				this.feed.publish(missed);
			}
		}
		execute(connection, "COMMIT");
		this.told.keySet().retainAll(open);
	}

	private List<RollEvent> missed(Connection connection, long rollNo, long classId, UUID rollId) throws SQLException {
		List<RollEvent> missed = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement("""
				SELECT seq, student_id, at FROM presence WHERE roll_no = ? AND seq > ? ORDER BY seq""")) {
			statement.setLong(1, rollNo);
			statement.setLong(2, this.told.getOrDefault(rollId, 0L));
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					missed.add(new RollEvent(RollEvent.PRESENCE, classId, rollId, rows.getLong(1), rows.getString(2),
							Instant.ofEpochMilli(rows.getLong(3))));
				}
			}
		}
		return missed;
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private void pause() {
		try {
			Thread.sleep(PAUSE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
