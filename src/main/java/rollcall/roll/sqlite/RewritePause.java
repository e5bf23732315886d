package rollcall.roll.sqlite;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides when SQLite's file may be rewritten. Presences wait during a rewrite, so it is
 * allowed at once only while the writer is idle, and otherwise once a minute. After a
 * failed rewrite the next one is allowed after a minute.
 */
final class RewritePause {

	static final Duration LENGTH = Duration.ofMinutes(1);

	private final LongSupplier nanoTime;

	private boolean failed;

	private long lastNanos;

	/**
	 * Creates the pause. The first rewrite is allowed at once.
	 * @param nanoTime the monotonic time, nanoseconds
	 */
	RewritePause(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.lastNanos = nanoTime.getAsLong() - LENGTH.toNanos();
	}

	/**
	 * Whether the file may be rewritten.
	 * @param idle whether the writer has had no change for a second
	 */
	boolean isOver(boolean idle) {
		return (idle && !this.failed) || this.nanoTime.getAsLong() - this.lastNanos >= LENGTH.toNanos();
	}

	/**
	 * Called when a rewrite begins. It counts as failed until {@link #ended} is called.
	 */
	void began() {
		this.failed = true;
		this.lastNanos = this.nanoTime.getAsLong();
	}

	void ended(boolean successful) {
		this.failed = !successful;
		this.lastNanos = this.nanoTime.getAsLong();
	}

}
