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
 * The one thread that writes. It takes all queued changes, commits them in one
 * transaction, and then answers them. Queue order is commit order and {@code seq} order.
 * During a commit, new changes collect in the queue.
 */
@Component
@EnableConfigurationProperties(RollCallProperties.class)
class RollWriter extends Worker implements MeterBinder {

	/**
	 * The maximum number of waiting changes. Tomcat accepts about as many connections, so
	 * a full queue means that the disk does not answer.
	 */
	private static final int QUEUE_CAPACITY = 8_192;

	/**
	 * The maximum number of changes in one transaction: enough to share the cost of the
	 * fsync, and few enough to keep the transaction short.
	 */
	private static final int MAX_BATCH = 1_024;

	/**
	 * The maximum number of attempts to write a batch, if other transactions conflict
	 * with it.
	 */
	private static final int MAX_ATTEMPTS = 5;

	/**
	 * When the server stops, the writer ends after the queue was empty for this long.
	 * Tomcat has stopped before, but it does not wait for a request that it has read and
	 * not yet dispatched.
	 */
	private static final Duration EMPTY_BEFORE_STOP = Duration.ofMillis(200);

	/**
	 * If the oldest change of a batch waits longer, the store counts as hanging, and new
	 * changes are refused.
	 */
	private static final Duration MAX_WAIT = Duration.ofSeconds(3);

	private static final long NOTHING_WAITS = Long.MIN_VALUE;

	private static final Logger logger = LoggerFactory.getLogger(RollWriter.class);

	private final RollCallProperties properties;

	private final KeptSession session;

	private final LiveFeed feed;

	private final RollMeters meters;

	private final RollCodes codes;

	private final BlockingQueue<Change<?>> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);

	/**
	 * The creation time of the oldest change in the current batch, or the start of the
	 * current upkeep, as {@link System#nanoTime()}. Changes in the queue are newer than
	 * those in the batch.
	 */
	private volatile long waitingSinceNanos = NOTHING_WAITS;

	RollWriter(StoreDatabase database, RollCallProperties properties, LiveFeed feed, RollMeters meters, RollCodes codes,
			StoreClock clock) {
		super("roll-writer");
		this.properties = properties;
		this.meters = meters;
		this.codes = codes;
		this.session = new KeptSession(database, feed, properties, clock, System::nanoTime);
		this.feed = feed;
	}

	/**
	 * Queues a change; does not wait for it.
	 * @param <T> the content of the answer
	 * @param change the change, not queued before
	 * @return its answer; completed after the commit, on the writer's thread
	 * @throws StoreUnavailableException if the store has failed, hangs or is damaged, or
	 * if the queue is full; the change has no effect then
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

	/** Does not interrupt the thread: before it ends it writes the queued changes. */
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
				Change<?> first = this.queue.poll(
						running ? this.session.untilUpkeepNanos() : EMPTY_BEFORE_STOP.toNanos(), TimeUnit.NANOSECONDS);
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
				// Also catches errors: without this thread the store is read-only.
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
						this.properties.maxStudentsPerRoll(), this.codes);
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
	 * Writes the changes again in parts. If the schema refused a change, each part is one
	 * change, so that only the refused change fails. Otherwise each part is one class, so
	 * that a locked class does not fail the others.
	 */
	private void divide(StoreSession session, List<Change<?>> changes, StoreException cause) throws StoreException {
		boolean refused = cause.kind() == Kind.REFUSED;
		Map<Object, List<Change<?>>> parts = new LinkedHashMap<>();
		for (Change<?> change : changes) {
			parts.computeIfAbsent(refused ? change : change.classId(), (key) -> new ArrayList<>()).add(change);
		}
		if (parts.size() > 1) {
			// The batch has already waited the full time for a lock.
			session.waitForLocks(cause.kind() == Kind.BUSY);
			for (List<Change<?>> part : parts.values()) {
				write(part);
			}
			session.waitForLocks(false);
			return;
		}
		logger.warn("A change was not written", cause);
		// Requests are validated. A change that the schema refuses is a bug.
		fail(changes, refused ? new IllegalStateException(cause) : StoreUnavailableException.failed());
	}

	private void fail(List<Change<?>> changes, RuntimeException failure) {
		changes.forEach((change) -> change.fail(failure));
		this.meters.failed(changes);
	}

}
