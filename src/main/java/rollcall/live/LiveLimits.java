package rollcall.live;

/**
 * What sockets may cost.
 */
final class LiveLimits {

	/** About 500 MB of heap, as measured. */
	static final int MAX_SESSIONS = 5_000;

	/** A frame sent byte by byte is still within it. */
	static final int MAX_MESSAGES_PER_SECOND = 200;

	private LiveLimits() {
	}

}
