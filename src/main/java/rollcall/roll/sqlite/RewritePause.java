package rollcall.roll.sqlite;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides when SQLite's file may be rewritten: at once while the writer is idle, else
 * once a minute, because presences wait meanwhile. After a failure it is not rewritten
 * for a minute.
 */
final class RewritePause {

	static final Duration LENGTH = Duration.ofMinutes(1);

	private final LongSupplier nanoTime;

	private boolean failed;

	private long lastNanos;

	/**
	 * Allows the first rewriting at once.
	 * @param nanoTime the monotonic time, nanoseconds
	 */
	RewritePause(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.lastNanos = nanoTime.getAsLong() - LENGTH.toNanos();
	}

	/**
	 * Whether the file may be rewritten.
	 * @param idle whether the writer has had nothing to do for a while
	 */
	boolean isOver(boolean idle) {
		return (idle && !this.failed) || this.nanoTime.getAsLong() - this.lastNanos >= LENGTH.toNanos();
	}

	/** A rewriting begins; it counts as failed until it has {@linkplain #ended ended}. */
	void began() {
		this.failed = true;
		this.lastNanos = this.nanoTime.getAsLong();
	}

	void ended(boolean successful) {
		this.failed = !successful;
		this.lastNanos = this.nanoTime.getAsLong();
	}

}
