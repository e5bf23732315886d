package rollcall.roll;

import java.sql.SQLException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rollcall.roll.WriteSession.Failure;

/**
 * The writer's session and what is done with it between batches: its upkeep, and opening
 * it again after a failure, because nothing is certain after a failed fsync. Only
 * {@link #isOpen()} may be called on other threads than the writer's.
 */
final class KeptSession {

	/** The file is rewritten when no change has come for this long. */
	private static final Duration IDLE = Duration.ofSeconds(1);

	/** Erasing much takes this part of the time, so that presences hardly notice it. */
	private static final int ERASING_SHARE = 10;

	/** How often erasing is looked after, and a store that failed is tried again. */
	private static final Duration UPKEEP_INTERVAL = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(KeptSession.class);

	private final Database database;

	private final LiveFeed feed;

	private volatile @Nullable WriteSession session;

	private long nextUpkeepNanos = System.nanoTime();

	private long lastBatchNanos = System.nanoTime() - IDLE.toNanos();

	KeptSession(Database database, LiveFeed feed) {
		this.database = database;
		this.feed = feed;
	}

	/** Opens the first session. */
	void open() {
		try {
			this.session = this.database.openWriteSession();
		}
		catch (SQLException ex) {
			throw this.database.unusable(ex);
		}
	}

	/** Whether the store took the last write, and is not known to be damaged. */
	boolean isOpen() {
		return this.session != null && !this.database.isDamaged();
	}

	/** The session for a batch, null while the store cannot be written. */
	@Nullable WriteSession forBatch() {
		return isOpen() ? this.session : null;
	}

	void batchDone() {
		this.lastBatchNanos = System.nanoTime();
	}

	long untilUpkeepNanos() {
		return Math.max(0, this.nextUpkeepNanos - System.nanoTime());
	}

	/** Does a part of the upkeep, and opens the store again when it has failed. */
	void upkeep() throws SQLException {
		WriteSession session = opened();
		long began = System.nanoTime();
		long pause = UPKEEP_INTERVAL.toNanos();
		try {
			boolean more = session.upkeepStep();
			this.feed.publish(session.events());
			if (more) {
				pause = (System.nanoTime() - began) * (ERASING_SHARE - 1);
			}
			else {
				session.tidyUp(began - this.lastBatchNanos >= IDLE.toNanos());
			}
		}
		catch (SQLException ex) {
			if (session.failure(ex) == Failure.LOST) {
				throw ex;
			}
			session.rollback();
			logger.warn("The upkeep failed; trying again", ex);
		}
		this.nextUpkeepNanos = System.nanoTime() + pause;
	}

	private WriteSession opened() throws SQLException {
		WriteSession session = forBatch();
		if (session == null) {
			discard();
			session = this.database.openWriteSession();
			this.session = session;
			logger.info("The store can be written again");
		}
		return session;
	}

	/** Discards the session after a failure; the next upkeep opens another one. */
	void lose(Throwable failure) {
		if (failure instanceof SQLException ex) {
			this.database.failed(ex);
		}
		if (discard()) {
			logger.error("The store cannot be written; trying again every {} s", UPKEEP_INTERVAL.toSeconds(), failure);
		}
		this.nextUpkeepNanos = System.nanoTime() + UPKEEP_INTERVAL.toNanos();
	}

	/** Closes the session. Returns whether there was one. */
	boolean discard() {
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
