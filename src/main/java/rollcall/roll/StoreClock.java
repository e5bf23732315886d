package rollcall.roll;

import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;

/**
 * Estimates the store's time without asking the store: the time that the store last told,
 * plus the time that has passed on this node since then. In a cluster all nodes follow
 * the clock of the database, however wrong their own clocks are. The writer asks the
 * store every second; while the store does not answer, the estimate goes on.
 */
@Component
class StoreClock {

	/** The store's time minus {@link System#nanoTime()}, nanoseconds. */
	private volatile long offsetNanos;

	/**
	 * Asks the store for its time, and corrects the estimate if it disagrees. The answer
	 * is the time at some instant of the query, so a slow answer says little.
	 */
	void ask(StoreSession session) throws StoreException {
		long asked = System.nanoTime();
		long millis = session.now();
		long smallest = TimeUnit.MILLISECONDS.toNanos(millis) - System.nanoTime();
		long largest = TimeUnit.MILLISECONDS.toNanos(millis + 1) - asked;
		if (this.offsetNanos < smallest || this.offsetNanos > largest) {
			this.offsetNanos = smallest;
		}
	}

	/**
	 * Corrects the estimate.
	 * @param storeMillis the time that the store has just told, epoch milliseconds
	 */
	void saw(long storeMillis) {
		this.offsetNanos = TimeUnit.MILLISECONDS.toNanos(storeMillis) - System.nanoTime();
	}

	/** The store's time, epoch milliseconds; never ahead of it. */
	long millis() {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() + this.offsetNanos);
	}

}
