package rollcall.roll;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the writer's session. It runs the upkeep between batches and opens a new session
 * after a failure. While the writer runs, other threads may call only {@link #isOpen()}.
 */
final class KeptSession {

	/** After this long without a change the writer counts as idle. */
	private static final Duration IDLE = Duration.ofSeconds(1);

	/**
	 * While many rows must be erased, the upkeep uses at most one tenth of the writer's
	 * time.
	 */
	private static final int ERASING_SHARE = 10;

	/** The interval of the upkeep, and of the attempts to open a new session. */
	private static final Duration UPKEEP_INTERVAL = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(KeptSession.class);

	private final StoreDatabase database;

	private final LiveFeed feed;

	private final RollCallProperties properties;

	private final StoreClock clock;

	private final LongSupplier nanos;

	private volatile @Nullable Opened opened;

	private long nextUpkeepNanos = System.nanoTime();

	private long lastBatchNanos = System.nanoTime() - IDLE.toNanos();

	KeptSession(StoreDatabase database, LiveFeed feed, RollCallProperties properties, StoreClock clock,
			LongSupplier nanos) {
		this.database = database;
		this.feed = feed;
		this.properties = properties;
		this.clock = clock;
		this.nanos = nanos;
	}

	/** Opens the first session, before the writer starts. */
	void open() {
		try {
			openSession();
		}
		catch (StoreException ex) {
			throw this.database.unusable(ex.sqlException());
		}
	}

	/** Whether the last write succeeded and the store is not known to be damaged. */
	boolean isOpen() {
		return this.opened != null && !this.database.isDamaged();
	}

	/** The session for a batch; null while the store cannot be written. */
	@Nullable StoreSession forBatch() {
		Opened opened = this.opened;
		return (opened != null && isOpen()) ? opened.session : null;
	}

	/** Remembers the time of the last batch. */
	void batchDone() {
		this.lastBatchNanos = System.nanoTime();
	}

	/** Nanoseconds until the next upkeep; 0 if it is due. */
	long untilUpkeepNanos() {
		return Math.max(0, this.nextUpkeepNanos - System.nanoTime());
	}

	/**
	 * Runs one step of the upkeep. After a failure it opens a new session first.
	 * @throws StoreException if no session can be opened, or the session is lost
	 */
	void upkeep() throws StoreException {
		Opened opened = this.opened;
		if (opened == null || !isOpen()) {
			discard();
			opened = openSession();
			logger.info("The store can be written again");
		}
		long began = System.nanoTime();
		long pause = UPKEEP_INTERVAL.toNanos();
		try {
			this.clock.ask(opened.session);
			Upkeep.Step step = opened.upkeep.step();
			this.feed.publish(step.events());
			if (step.more()) {
				pause = (System.nanoTime() - began) * (ERASING_SHARE - 1);
			}
			else {
				opened.session.tidyUp(began - this.lastBatchNanos >= IDLE.toNanos());
			}
		}
		catch (StoreException ex) {
			if (ex.kind() == StoreException.Kind.LOST) {
				throw ex;
			}
			opened.session.rollback();
			logger.warn("The upkeep failed; the server tries again", ex);
		}
		this.nextUpkeepNanos = System.nanoTime() + pause;
	}

	/** Discards the session after a failure. The next upkeep opens a new one. */
	void lose(Throwable failure) {
		if (failure instanceof StoreException ex) {
			this.database.failed(ex.sqlException());
		}
		if (discard()) {
			logger.error("The store cannot be written; the server tries again every {} s", UPKEEP_INTERVAL.toSeconds(),
					failure);
		}
		this.nextUpkeepNanos = System.nanoTime() + UPKEEP_INTERVAL.toNanos();
	}

	/** Closes the session. Returns whether there was one. */
	boolean discard() {
		Opened opened = this.opened;
		this.opened = null;
		if (opened != null) {
			try {
				opened.session.close();
			}
			catch (StoreException ex) {
				logger.debug("The session could not be closed", ex);
			}
		}
		return opened != null;
	}

	private Opened openSession() throws StoreException {
		StoreSession session = this.database.open();
		this.clock.ask(session);
		Opened opened = new Opened(session, new Upkeep(session, this.properties, this.nanos));
		this.opened = opened;
		return opened;
	}

	/**
	 * A session and its upkeep. Each session has its own upkeep, which measures time from
	 * the start of the session.
	 */
	private record Opened(StoreSession session, Upkeep upkeep) {
	}

}
