package rollcall;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for a condition that only polling can see, with a deadline after which the test
 * has failed; generous, because a build machine may be busy with others.
 */
public final class Await {

	public static final Duration DEADLINE = Duration.ofSeconds(180);

	private static final long POLL_NANOS = 2_000_000;

	private Await() {
	}

	public static void until(String what, BooleanSupplier condition) {
		if (!within(DEADLINE, condition)) {
			throw new AssertionError("waited " + DEADLINE.toSeconds() + " s in vain until " + what);
		}
	}

	public static boolean within(Duration limit, BooleanSupplier condition) {
		long deadline = System.nanoTime() + limit.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				return false;
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
		return true;
	}

}
