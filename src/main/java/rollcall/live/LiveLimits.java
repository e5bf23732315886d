package rollcall.live;

/**
 * What a socket may cost, and how long it may live.
 */
public final class LiveLimits {

	/**
	 * The attribute of a request that tells until when, as an {@link java.time.Instant},
	 * the login behind it holds. Absent if it ends otherwise: Tomcat closes the sockets
	 * of an HTTP session with it.
	 */
	public static final String UNTIL_ATTRIBUTE = "rollcall.until";

	/** About 500 MB of heap, as measured. */
	static final int MAX_SESSIONS = 5_000;

	/** A frame sent byte by byte is still within it. */
	static final int MAX_MESSAGES_PER_SECOND = 200;

	private LiveLimits() {
	}

}
