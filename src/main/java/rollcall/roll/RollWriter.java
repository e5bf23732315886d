package rollcall.roll;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rollcall.roll.StoreException.Kind;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * One thread that writes. It takes all queued changes, commits them in one transaction,
 * then answers them. Queue order is commit order and {@code seq} order. While one fsync
 * runs, the next batch gathers.
 */
@Component
@EnableConfigurationProperties(RollCallProperties.class)
class RollWriter extends Worker implements MeterBinder {

	/**
	 * How many changes may wait. Tomcat has about as many connections, so that a full
	 * queue means a stuck disk.
	 */
	private static final int QUEUE_CAPACITY = 8_192;

	/**
	 * The most changes of one transaction: enough to make the cost of the fsync small,
	 * few enough to keep the transaction short.
	 */
	private static final int MAX_BATCH = 1_024;

	/** How often a batch is tried after conflicts. */
	private static final int MAX_ATTEMPTS = 5;

	/**
	 * At the stop the queue is read until it was empty for this long: Tomcat has stopped
	 * by then, but does not count a request that it has read and not begun.
	 */
	private static final Duration LAST_CALL = Duration.ofMillis(200);

	/** A store that takes longer counts as hanging: further changes are refused. */
	private static final Duration MAX_WAIT = Duration.ofSeconds(3);

	private static final long NOTHING_WAITS = Long.MIN_VALUE;

	private static final Logger logger = LoggerFactory.getLogger(RollWriter.class);

	private final RollCallProperties properties;

	private final KeptSession session;

	private final LiveFeed feed;

	private final RollMeters meters;

	private final BlockingQueue<Change<?>> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);

	/**
	 * The creation time of the current batch's oldest change, or the begin of the upkeep.
	 * Changes in the queue are younger than those of the batch.
	 */
	private volatile long waitingSinceNanos = NOTHING_WAITS;

	RollWriter(StoreDatabase database, RollCallProperties properties, LiveFeed feed, RollMeters meters) {
		super("roll-writer");
		this.properties = properties;
		this.meters = meters;
		this.session = new KeptSession(database, feed, properties, System::nanoTime);
		this.feed = feed;
	}

	/**
	 * Queues a change.
	 * @param <T> the content of the answer
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
	 * Whether changes are accepted: the store has not failed, does not hang and is not
	 * damaged.
	 */
	boolean isWriting() {
		long since = this.waitingSinceNanos;
		return this.session.isOpen() && (since == NOTHING_WAITS || System.nanoTime() - since < MAX_WAIT.toNanos());
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("rollcall.queue.depth", this.queue, BlockingQueue::size)
			.description("changes that wait for the writer")
			.register(registry);
		Gauge.builder("rollcall.store.writing", this, (writer) -> writer.isWriting() ? 1 : 0)
			.description("1 while the store takes changes; 0 after a failure, while it hangs, and when it is damaged")
			.register(registry);
	}

	@Override
	public void start() {
		this.session.open();
		super.start();
	}

	/** The stop interrupts nothing: queued changes are written first. */
	@Override
	protected void wake(Thread thread) {
	}

	@Override
	protected void work() {
		List<Change<?>> batch = new ArrayList<>(MAX_BATCH);
		boolean last = false;
		while (!last) {
			try {
				boolean running = isRunning();
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
				// Errors too: without this thread nothing would ever be written again.
				this.session.lose(ex);
				fail(batch, StoreUnavailableException.failed());
			}
			batch.clear();
			this.waitingSinceNanos = NOTHING_WAITS;
		}
		this.session.discard();
		this.queue.drainTo(batch);
		fail(batch, StoreUnavailableException.failed());
	}

	private void write(List<Change<?>> changes) throws StoreException {
		StoreSession session = this.session.forBatch();
		if (session == null) {
			fail(changes, StoreUnavailableException.failed());
			return;
		}
		for (int attempt = 1;; attempt++) {
			try {
				long began = System.nanoTime();
				Batch batch = new Batch(new StoreTransaction(session, this.properties),
						this.properties.maxStudentsPerRoll());
				batch.decide(changes);
				List<RollEvent> events = session.commit(batch.changed(), batch.events());
				changes.forEach(Change::complete);
				this.feed.publish(events);
				this.meters.committed(changes, batch.newPresences(), System.nanoTime() - began);
				return;
			}
			catch (StoreException ex) {
				if (ex.kind() == Kind.LOST) {
					throw ex;
				}
				session.rollback();
				if (ex.kind() != Kind.CONFLICT || attempt == MAX_ATTEMPTS) {
					divide(session, changes, ex);
					return;
				}
			}
		}
	}

	/**
	 * Writes the changes again in parts. A change that the schema refuses must not fail
	 * the others of its batch, and a lock that is held on one class not the other
	 * classes.
	 */
	private void divide(StoreSession session, List<Change<?>> changes, StoreException cause) throws StoreException {
		boolean refused = cause.kind() == Kind.REFUSED;
		Map<Object, List<Change<?>>> parts = new LinkedHashMap<>();
		for (Change<?> change : changes) {
			parts.computeIfAbsent(refused ? change : change.classId(), (key) -> new ArrayList<>()).add(change);
		}
		if (parts.size() > 1) {
			// The full wait for the lock was spent once already.
			session.waitForLocks(cause.kind() == Kind.BUSY);
			for (List<Change<?>> part : parts.values()) {
				write(part);
			}
			session.waitForLocks(false);
			return;
		}
		logger.warn("A change was not written", cause);
		// Requests are validated, so that a change the schema refuses is a programming
		// error.
		fail(changes, refused ? new IllegalStateException(cause) : StoreUnavailableException.failed());
	}

	private void fail(List<Change<?>> changes, RuntimeException failure) {
		changes.forEach((change) -> change.fail(failure));
		this.meters.failed(changes);
	}

}
