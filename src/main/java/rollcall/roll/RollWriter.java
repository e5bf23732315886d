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

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rollcall.roll.WriteSession.Failure;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * One thread that writes. It takes what has queued, commits it in one transaction, then
 * answers all. Queue order is commit order and {@code seq} order, and while one fsync
 * runs the next batch gathers.
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

	/** A store that is this slow hangs: nobody else should wait for it. */
	private static final Duration MAX_WAIT = Duration.ofSeconds(3);

	private static final long NOBODY_WAITS = Long.MIN_VALUE;

	private static final Logger logger = LoggerFactory.getLogger(RollWriter.class);

	private final KeptSession session;

	private final LiveFeed feed;

	private final RollMeters meters;

	private final BlockingQueue<Change<?>> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);

	private final Worker worker = new Worker("roll-writer", this::run);

	/**
	 * Since when the oldest change has waited, or the work between two batches has taken.
	 * Changes in the queue are younger than those of the batch under way.
	 */
	private volatile long waitingSinceNanos = NOBODY_WAITS;

	RollWriter(Database database, LiveFeed feed, RollMeters meters) {
		this.meters = meters;
		this.session = new KeptSession(database, feed);
		this.feed = feed;
	}

	/**
	 * Queues a change.
	 * @param <T> what the answer carries
	 * @param change the change, not queued before
	 * @return its answer; completed after the commit, on the writer's thread
	 * @throws StoreUnavailableException if the store has failed, hangs or is damaged, or
	 * if the queue is full; the change is not done then
	 */
	<T> CompletableFuture<T> submit(Change<T> change) {
		if (!isWriting()) {
			throw StoreUnavailableException.failed();
		}
		if (!this.queue.offer(change)) {
			throw StoreUnavailableException.overloaded();
		}
		if (!this.session.isOpen() && this.queue.remove(change)) {
			throw StoreUnavailableException.failed();
		}
		return change.answer();
	}

	/**
	 * Whether changes are taken: the store has not failed, does not hang and is not
	 * damaged.
	 */
	boolean isWriting() {
		long since = this.waitingSinceNanos;
		return this.session.isOpen() && (since == NOBODY_WAITS || System.nanoTime() - since < MAX_WAIT.toNanos());
	}

	@Override
	public void start() {
		this.session.open();
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
				Change<?> first = this.queue.poll(running ? this.session.untilUpkeepNanos() : LAST_CALL.toNanos(),
						TimeUnit.NANOSECONDS);
				last = !running && first == null;
				if (first != null) {
					this.waitingSinceNanos = first.createdNanos();
					batch.add(first);
					this.queue.drainTo(batch, MAX_BATCH - 1);
					write(batch);
					this.session.batchDone();
				}
				if (running && this.session.untilUpkeepNanos() == 0) {
					this.waitingSinceNanos = System.nanoTime();
					this.session.upkeep();
				}
			}
			catch (Throwable ex) {
				// Errors too: without this thread nothing would be written ever again.
				this.session.lose(ex);
				fail(batch, StoreUnavailableException.failed());
			}
			batch.clear();
			this.waitingSinceNanos = NOBODY_WAITS;
		}
		this.session.discard();
		this.queue.drainTo(batch);
		fail(batch, StoreUnavailableException.failed());
	}

	private void write(List<Change<?>> batch) throws SQLException {
		WriteSession session = this.session.forBatch();
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

}
