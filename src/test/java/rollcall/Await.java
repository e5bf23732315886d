package rollcall;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Polls a condition until a deadline, after which the test fails. The deadline is long,
 * because a build machine can be busy.
 */
public final class Await {

	public static final Duration DEADLINE = Duration.ofSeconds(180);

	private static final long POLL_NANOS = 2_000_000;

	private Await() {
	}

	public static void until(String what, BooleanSupplier condition) {
		if (!within(DEADLINE, condition)) {
			throw new AssertionError("not within " + DEADLINE.toSeconds() + " s: " + what);
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
