package rollcall.roll;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long servers have run on this store. All periods are measured by it, because a
 * clock can jump: served time is never ahead of the real time that has passed. A node
 * counts only while it sees that no other node has counted.
 */
final class ServedTime {

	/** At most this much is not counted after a kill. */
	private static final long SAVE_INTERVAL_MS = 10_000;

	/** A clock that is corrected slowly moves less than this between two savings. */
	private static final long JUMP_MS = 5_000;

	private static final Logger logger = LoggerFactory.getLogger(ServedTime.class);

	private final Statements statements;

	private final LongSupplier nanos;

	private boolean savedBefore;

	/** The stored served time, milliseconds. */
	private long saved = -1;

	/** The time of the clock when it was stored, epoch milliseconds. */
	private long savedAt;

	/** The monotonic time when this node first saw the stored value. */
	private long seenNanos;

	/**
	 * Begins to count at the first reading.
	 * @param statements the statements of the connection that writes
	 * @param nanos the monotonic time, nanoseconds
	 */
	ServedTime(Statements statements, LongSupplier nanos) {
		this.statements = statements;
		this.nanos = nanos;
	}

	/** The served time, milliseconds. */
	long read() throws StoreException {
		long nanos = this.nanos.getAsLong();
		return this.statements.query("SELECT served, at FROM served_time", (row) -> {
			row.next();
			if (row.getLong(1) != this.saved) {
				this.saved = row.getLong(1);
				this.seenNanos = nanos;
			}
			this.savedAt = row.getLong(2);
			return this.saved + TimeUnit.NANOSECONDS.toMillis(nanos - this.seenNanos);
		});
	}

	/**
	 * Whether the served time has to be saved.
	 * @param served the served time, as it was just read
	 * @param now the time of the clock, epoch milliseconds
	 */
	boolean isSaveDue(long served, long now) {
		return !this.savedBefore || served - this.saved >= SAVE_INTERVAL_MS || Math.abs(drift(served, now)) >= JUMP_MS;
	}

	/**
	 * How many milliseconds no server ran before this session, as far as the clock tells;
	 * zero after the first saving.
	 */
	long stoppedFor(long served, long now) {
		return this.savedBefore ? 0 : Math.max(0, drift(served, now));
	}

	/** Saves the served time inside the transaction. */
	void save(long served, long now) throws StoreException {
		long drift = drift(served, now);
		if (this.savedBefore && Math.abs(drift) >= JUMP_MS) {
			logger.warn("The clock jumped by {} s. Open rolls and kept sheets stay as long as without the jump.",
					TimeUnit.MILLISECONDS.toSeconds(drift));
		}
		this.statements.update("UPDATE served_time SET served = ?, at = ?", served, now);
		this.seenNanos += TimeUnit.MILLISECONDS.toNanos(served - this.saved);
		this.saved = served;
		this.savedAt = now;
		this.savedBefore = true;
	}

	private long drift(long served, long now) {
		return (now - this.savedAt) - (served - this.saved);
	}

}
