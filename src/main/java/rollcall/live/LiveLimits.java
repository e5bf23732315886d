package rollcall.live;

/**
 * What sockets may cost.
 */
final class LiveLimits {

	/** Live heap of a watcher, as {@code src/bench/footprint} measures it. */
	private static final long HEAP_PER_SESSION = 65_536;

	/** A quarter of the heap at most. */
	static final int MAX_SESSIONS = (int) Math.min(5_000, Runtime.getRuntime().maxMemory() / 4 / HEAP_PER_SESSION);

	/** A frame sent byte by byte is still within it. */
	static final int MAX_MESSAGES_PER_SECOND = 200;

	private LiveLimits() {
	}

}
