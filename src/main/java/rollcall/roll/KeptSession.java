package rollcall.roll;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the writer's session open: it does the upkeep between batches and opens another
 * session after a failure. Only {@link #isOpen()} may be called on other threads than the
 * writer's.
 */
final class KeptSession {

	/** After this long without a change the writer counts as idle. */
	private static final Duration IDLE = Duration.ofSeconds(1);

	/** While much has to be erased, this is erasing's share of the time: one tenth. */
	private static final int ERASING_SHARE = 10;

	/** The interval of the upkeep, and of attempts to open a store that failed. */
	private static final Duration UPKEEP_INTERVAL = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(KeptSession.class);

	private final StoreDatabase database;

	private final LiveFeed feed;

	private final RollCallProperties properties;

	private final LongSupplier nanos;

	private volatile @Nullable Opened opened;

	private long nextUpkeepNanos = System.nanoTime();

	private long lastBatchNanos = System.nanoTime() - IDLE.toNanos();

	KeptSession(StoreDatabase database, LiveFeed feed, RollCallProperties properties, LongSupplier nanos) {
		this.database = database;
		this.feed = feed;
		this.properties = properties;
		this.nanos = nanos;
	}

	/** Opens the first session. */
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

	/** Notes that a batch was written just now. */
	void batchDone() {
		this.lastBatchNanos = System.nanoTime();
	}

	/** Nanoseconds until the next upkeep; 0 if it is due. */
	long untilUpkeepNanos() {
		return Math.max(0, this.nextUpkeepNanos - System.nanoTime());
	}

	/** Does a part of the upkeep, and opens the store again after a failure. */
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
			logger.warn("The upkeep failed; it is tried again", ex);
		}
		this.nextUpkeepNanos = System.nanoTime() + pause;
	}

	/** Discards the session after a failure; the next upkeep opens another one. */
	void lose(Throwable failure) {
		if (failure instanceof StoreException ex) {
			this.database.failed(ex.sqlException());
		}
		if (discard()) {
			logger.error("The store cannot be written; it is tried again every {} s", UPKEEP_INTERVAL.toSeconds(),
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
		Opened opened = new Opened(session, new Upkeep(session, this.properties, this.nanos));
		this.opened = opened;
		return opened;
	}

	/** A session with its upkeep, which knows how long this session has been open. */
	private record Opened(StoreSession session, Upkeep upkeep) {
	}

}
