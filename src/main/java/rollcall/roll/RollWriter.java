package rollcall.roll;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rollcall.roll.WriteSession.Failure;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * One thread that writes. It takes what has queued, commits it in one transaction, then
 * answers all: the order of its queue is the order of the world, and while one fsync runs
 * the next batch gathers.
 */
@Component
class RollWriter implements SmartLifecycle {

	/**
	 * How many changes may wait; Tomcat's connections are about as many, so that a full
	 * queue means a stuck disk.
	 */
	private static final int QUEUE_CAPACITY = 8_192;

	/**
	 * How many changes one transaction takes: enough for one fsync to vanish among them,
	 * few enough to be over soon.
	 */
	private static final int MAX_BATCH = 1_024;

	/** How often a batch is tried that others were in the way of. */
	private static final int MAX_ATTEMPTS = 5;

	private static final Duration LAST_CALL = Duration.ofMillis(200);

	/** The file is rewritten when no change has come for this long. */
	private static final Duration IDLE = Duration.ofSeconds(1);

	/** Erasing much takes this part of the time, so that presences hardly notice it. */
	private static final int ERASING_SHARE = 10;

	/** How often erasing is looked after, and a store that failed is tried again. */
	private static final Duration UPKEEP_INTERVAL = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(RollWriter.class);

	private final Database database;

	private final LiveFeed feed;

	private final RollMeters meters;

	private final BlockingQueue<Change<?>> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);

	private final Worker worker = new Worker("roll-writer", this::run);

	private volatile @Nullable WriteSession session;

	private long nextUpkeepNanos = System.nanoTime();

	private long lastBatchNanos = System.nanoTime() - IDLE.toNanos();

	RollWriter(Database database, LiveFeed feed, RollMeters meters) {
		this.meters = meters;
		this.database = database;
		this.feed = feed;
	}

	/**
	 * Queues a change.
	 * @param <T> what the answer carries
	 * @param change the change, not queued before
	 * @return its answer; completed after the commit, on the writer's thread
	 * @throws StoreUnavailableException if the store has failed or the queue is full; the
	 * change is not done then
	 */
	<T> CompletableFuture<T> submit(Change<T> change) {
		if (this.session == null) {
			throw StoreUnavailableException.failed();
		}
		if (!this.queue.offer(change)) {
			throw StoreUnavailableException.overloaded();
		}
		if (this.session == null && this.queue.remove(change)) {
			throw StoreUnavailableException.failed();
		}
		return change.answer();
	}

	/** Whether the last thing the store was asked to write is on the disk. */
	boolean isWriting() {
		return this.session != null;
	}

	@Override
	public void start() {
		try {
			this.session = this.database.openWriteSession();
		}
		catch (SQLException ex) {
			throw this.database.unusable(ex);
		}
		this.meters.watchQueue(this.queue);
		this.meters.watchStore(this::isWriting);
		this.worker.start();
	}

	/**
	 * Writes what has queued, and what comes within {@link #LAST_CALL}: Tomcat has
	 * stopped by then, but does not count a request that it has read and not begun.
	 */
	@Override
	public void stop() {
		this.worker.finish();
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
		List<Change<?>> batch = new ArrayList<>(MAX_BATCH);
		boolean last = false;
		while (!last) {
			try {
				boolean running = this.worker.isRunning();
				Change<?> first = this.queue.poll(running ? untilUpkeepNanos() : LAST_CALL.toNanos(),
						TimeUnit.NANOSECONDS);
				last = !running && first == null;
				if (first != null) {
					batch.add(first);
					this.queue.drainTo(batch, MAX_BATCH - 1);
					write(batch);
					this.lastBatchNanos = System.nanoTime();
				}
				if (running && untilUpkeepNanos() == 0) {
					this.nextUpkeepNanos = System.nanoTime() + upkeep();
				}
			}
			catch (Throwable ex) {
				// Errors too: without this thread nothing would be written ever again.
				lose(ex);
				fail(batch, StoreUnavailableException.failed());
			}
			batch.clear();
		}
		discardSession();
		this.queue.drainTo(batch);
		fail(batch, StoreUnavailableException.failed());
	}

	private long untilUpkeepNanos() {
		return Math.max(0, this.nextUpkeepNanos - System.nanoTime());
	}

	private void write(List<Change<?>> batch) throws SQLException {
		WriteSession session = this.session;
		if (session == null) {
			fail(batch, StoreUnavailableException.failed());
			return;
		}
		for (int attempt = 1;; attempt++) {
			try {
				long began = System.nanoTime();
				session.apply(batch);
				session.commit();
				batch.forEach(Change::settle);
				this.feed.publish(session.events());
				this.meters.committed(batch, session.newPresences(), System.nanoTime() - began);
				return;
			}
			catch (SQLException ex) {
				Failure failure = session.failure(ex);
				if (failure == Failure.LOST) {
					throw ex;
				}
				session.rollback();
				if (failure != Failure.CONFLICT || attempt == MAX_ATTEMPTS) {
					divide(session, batch, failure, ex);
					return;
				}
			}
		}
	}

	/**
	 * What one change asks that cannot be done must not take the others of its batch down
	 * with it; nor what holds up one class, the other classes.
	 */
	private void divide(WriteSession session, List<Change<?>> batch, Failure failure, SQLException cause)
			throws SQLException {
		// That the schema refuses a change is our mistake: what a client may send is
		// checked before.
		boolean refused = failure == Failure.REFUSED;
		Map<Object, List<Change<?>>> parts = new LinkedHashMap<>();
		for (Change<?> change : batch) {
			parts.computeIfAbsent(refused ? change : change.classId(), (key) -> new ArrayList<>()).add(change);
		}
		if (parts.size() > 1) {
			// What is held for long is some class's; the others do not wait for it again.
			session.waitForLocks(failure == Failure.BUSY);
			for (List<Change<?>> part : parts.values()) {
				write(part);
			}
			session.waitForLocks(false);
			return;
		}
		logger.warn("Not written", cause);
		fail(batch, refused ? new IllegalStateException(cause) : StoreUnavailableException.failed());
	}

	private void fail(List<Change<?>> batch, RuntimeException failure) {
		batch.forEach((change) -> change.fail(failure));
		this.meters.failed(batch);
	}

	/**
	 * Does a part of the upkeep, and opens the store again when it has failed.
	 * @return after how many nanoseconds it is due again
	 */
	private long upkeep() throws SQLException {
		long began = System.nanoTime();
		WriteSession session = this.session;
		if (session == null) {
			session = this.database.openWriteSession();
			this.session = session;
			logger.info("The store can be written again");
		}
		try {
			boolean more = session.upkeepStep();
			this.feed.publish(session.events());
			if (more) {
				return (System.nanoTime() - began) * (ERASING_SHARE - 1);
			}
			session.tidyUp(began - this.lastBatchNanos >= IDLE.toNanos());
		}
		catch (SQLException ex) {
			if (session.failure(ex) == Failure.LOST) {
				throw ex;
			}
			session.rollback();
			logger.warn("The upkeep failed; trying again", ex);
		}
		return UPKEEP_INTERVAL.toNanos();
	}

	private void lose(Throwable ex) {
		if (discardSession()) {
			logger.error("The store cannot be written; trying again every {} s", UPKEEP_INTERVAL.toSeconds(), ex);
		}
		this.nextUpkeepNanos = System.nanoTime() + UPKEEP_INTERVAL.toNanos();
	}

	private boolean discardSession() {
		WriteSession session = this.session;
		this.session = null;
		if (session != null) {
			try {
				session.close();
			}
			catch (SQLException ex) {
				logger.debug("The store was gone", ex);
			}
		}
		return session != null;
	}

}
