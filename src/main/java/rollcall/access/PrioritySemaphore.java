package rollcall.access;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A semaphore that serves the waiting caller with the highest priority first. Both the
 * number of waiting callers and their time are limited.
 */
final class PrioritySemaphore {

	private static final int MAX_WAITING = 64;

	private static final long MAX_WAIT_MS = 10_000;

	/** Among equal priorities the newest comes first: it has the most time left. */
	private final TreeSet<Waiting> waiting = new TreeSet<>(
			Comparator.comparingLong(Waiting::priority).thenComparingLong(Waiting::number).reversed());

	private int free;

	private long arrivals;

	PrioritySemaphore(int permits) {
		this.free = permits;
	}

	/**
	 * Waits for a permit.
	 * @param priority higher values are served first
	 * @return whether the caller has a permit, which it must release
	 */
	boolean tryAcquire(long priority) {
		Waiting mine;
		synchronized (this) {
			if (this.free > 0) {
				this.free--;
				return true;
			}
			mine = new Waiting(priority, this.arrivals++, new CompletableFuture<>());
			this.waiting.add(mine);
			if (this.waiting.size() > MAX_WAITING) {
				this.waiting.pollLast().permit().complete(false);
			}
		}
		boolean acquired = mine.permit().completeOnTimeout(false, MAX_WAIT_MS, TimeUnit.MILLISECONDS).join();
		synchronized (this) {
			this.waiting.remove(mine);
		}
		return acquired;
	}

	synchronized void release() {
		while (!this.waiting.isEmpty()) {
			if (this.waiting.pollFirst().permit().complete(true)) {
				return;
			}
		}
		this.free++;
	}

	synchronized int queueLength() {
		return this.waiting.size();
	}

	/** A caller that waits; its permit becomes false when it is refused. */
	private record Waiting(long priority, long number, CompletableFuture<Boolean> permit) {
	}

}
