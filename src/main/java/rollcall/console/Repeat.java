package rollcall.console;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Repeats requests that may be repeated safely. */
final class Repeat {

	private static final long[] PAUSES_MILLIS = { 200, 500, 1_000, 2_000, 4_000 };

	private Repeat() {
	}

	/**
	 * Repeats a request after a failure that may pass, for some seconds. If the server
	 * cannot be reached, it fails at once, unless an answer was lost before: then the
	 * server may be restarting.
	 */
	static <T> T untilAnswered(Supplier<T> request) {
		boolean reached = false;
		for (long pause : PAUSES_MILLIS) {
			try {
				return request.get();
			}
			catch (Failure.LostAnswer | Failure.Passing ex) {
				reached = true;
			}
			catch (Failure ex) {
				if (!reached || !ex.isTransient()) {
					throw ex;
				}
			}
			pause(pause);
		}
		return request.get();
	}

	static void pause(long millis) {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
