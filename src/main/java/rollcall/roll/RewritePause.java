package rollcall.roll;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When SQLite's file may be rewritten: at once while nobody waits, else once a minute,
 * because presences wait meanwhile. After a failure it is left alone for a minute. The
 * monotonic clock counts, which nobody can set.
 */
final class RewritePause {

	static final Duration LENGTH = Duration.ofMinutes(1);

	private final LongSupplier nanoTime;

	private boolean failed;

	private long lastNanos;

	/**
	 * The first rewriting need not wait.
	 * @param nanoTime the monotonic clock
	 */
	RewritePause(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.lastNanos = nanoTime.getAsLong() - LENGTH.toNanos();
	}

	/**
	 * Whether the file may be rewritten.
	 * @param idle whether nobody waits for the writer at present
	 */
	boolean isOver(boolean idle) {
		return (idle && !this.failed) || this.nanoTime.getAsLong() - this.lastNanos >= LENGTH.toNanos();
	}

	/** Counts as a failure until it has {@linkplain #ended ended}. */
	void began() {
		this.failed = true;
		this.lastNanos = this.nanoTime.getAsLong();
	}

	void ended(boolean successful) {
		this.failed = !successful;
		this.lastNanos = this.nanoTime.getAsLong();
	}

}
