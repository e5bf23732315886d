package rollcall.roll;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The served time: for how long servers have run on this store. All periods are measured
 * in served time, because the clock can jump. It never runs faster than real time. In a
 * cluster the nodes share one value: a node that reads a value which another node has
 * saved counts on from this value.
 */
final class ServedTime {

	/**
	 * The interval between two saves. If the process is killed, at most this much time is
	 * not counted.
	 */
	private static final long SAVE_INTERVAL_MS = 10_000;

	/**
	 * A clock that moves further than this between two saves has jumped. A slow
	 * correction of the clock stays below it.
	 */
	private static final long JUMP_MS = 5_000;

	private static final Logger logger = LoggerFactory.getLogger(ServedTime.class);

	private final Statements statements;

	private final LongSupplier nanos;

	/** Whether this session has saved the served time. */
	private boolean savedBefore;

	/** The stored served time, milliseconds; -1 before the first read. */
	private long saved = -1;

	/** The time of the clock when it was stored, epoch milliseconds. */
	private long savedAt;

	/** The monotonic time when this node first saw the stored value. */
	private long seenNanos;

	/**
	 * Creates the counter; it starts with the first {@link #read()}.
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
	 * @param served the served time that {@link #read()} just returned
	 * @param now the time of the clock, epoch milliseconds
	 */
	boolean isSaveDue(long served, long now) {
		return !this.savedBefore || served - this.saved >= SAVE_INTERVAL_MS || Math.abs(drift(served, now)) >= JUMP_MS;
	}

	/**
	 * The time without a server before this session, in milliseconds, according to the
	 * clock; 0 after the first save.
	 */
	long stoppedFor(long served, long now) {
		return this.savedBefore ? 0 : Math.max(0, drift(served, now));
	}

	/**
	 * Saves the served time in the current transaction.
	 * @param served the served time, milliseconds
	 * @param now the time of the clock, epoch milliseconds
	 */
	void save(long served, long now) throws StoreException {
		long drift = drift(served, now);
		if (this.savedBefore && Math.abs(drift) >= JUMP_MS) {
			logger.warn("The clock jumped by {} s. The jump does not change how long open rolls and sheets are kept.",
					TimeUnit.MILLISECONDS.toSeconds(drift));
		}
		this.statements.update("UPDATE served_time SET served = ?, at = ?", served, now);
		this.seenNanos += TimeUnit.MILLISECONDS.toNanos(served - this.saved);
		this.saved = served;
		this.savedAt = now;
		this.savedBefore = true;
	}

	/**
	 * How many milliseconds the clock moved more than served time since the last save.
	 */
	private long drift(long served, long now) {
		return (now - this.savedAt) - (served - this.saved);
	}

}
