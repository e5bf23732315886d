package rollcall.access;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Lets at most half of the cores compare passwords at the same time. The source with the
 * most credit is served first, so that a flood of guesses delays a teacher elsewhere by
 * one comparison.
 */
final class ComparisonTurns {

	private static final int MAX_WAITING = 64;

	private static final long MAX_WAIT_MS = 10_000;

	/** Of equals the newest comes first: it has the most time left. */
	private final TreeSet<Waiting> waiting = new TreeSet<>(
			Comparator.comparingLong(Waiting::credit).thenComparingLong(Waiting::number).reversed());

	private int free;

	private long arrivals;

	ComparisonTurns(int cores) {
		this.free = Math.max(1, cores / 2);
	}

	/**
	 * Waits for a turn.
	 * @param credit how many attempts the source has left
	 * @return whether this is a turn, which must be given back
	 */
	boolean take(long credit) {
		Waiting mine;
		synchronized (this) {
			if (this.free > 0) {
				this.free--;
				return true;
			}
			mine = new Waiting(credit, this.arrivals++, new CompletableFuture<>());
			this.waiting.add(mine);
			if (this.waiting.size() > MAX_WAITING) {
				this.waiting.pollLast().turn().complete(false);
			}
		}
		boolean taken = mine.turn().completeOnTimeout(false, MAX_WAIT_MS, TimeUnit.MILLISECONDS).join();
		synchronized (this) {
			this.waiting.remove(mine);
		}
		return taken;
	}

	synchronized void giveBack() {
		while (!this.waiting.isEmpty()) {
			if (this.waiting.pollFirst().turn().complete(true)) {
				return;
			}
		}
		this.free++;
	}

	/** An attempt that waits; its turn becomes false when it is refused. */
	private record Waiting(long credit, long number, CompletableFuture<Boolean> turn) {
	}

}
