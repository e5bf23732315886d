package rollcall.console;

import java.util.concurrent.TimeUnit;

/**
 * A moment by two clocks. On some systems the monotonic clock stands still while the
 * computer sleeps; the clock of the day shows it then.
 *
 * @param nanos the moment as {@link System#nanoTime}
 * @param millis the moment by the clock of the day, epoch milliseconds
 */
record Moment(long nanos, long millis) {

	/** How far the clocks may drift apart while nobody sets the clock of the day. */
	private static final long TOLERANCE_MILLIS = 1_000;

	/** The milliseconds between an earlier moment and this one. */
	long since(Moment earlier) {
		return TimeUnit.NANOSECONDS.toMillis(this.nanos - earlier.nanos);
	}

	/** Whether both clocks count the same time since an earlier moment. */
	boolean isCertainSince(Moment earlier) {
		return Math.abs(this.millis - earlier.millis - since(earlier)) <= TOLERANCE_MILLIS;
	}

}
