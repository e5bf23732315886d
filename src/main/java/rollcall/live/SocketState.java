package rollcall.live;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;

import org.jspecify.annotations.Nullable;
import rollcall.roll.Teacher;

/**
 * The teacher of a socket, its subscriptions, and the limits of its client. Spring has no
 * such limits: it would accept any number of messages and subscriptions, and frames after
 * DISCONNECT.
 */
class SocketState {

	/** Name of the WebSocket session's attribute. */
	private static final String ATTRIBUTE = "rollcall.socket";

	/**
	 * The maximum number of subscriptions of a socket: enough for an admin who watches a
	 * whole faculty.
	 */
	private static final int MAX_SUBSCRIPTIONS = 100;

	/**
	 * A client may send a frame in many small parts. Each part counts as a message, so
	 * the limit is high.
	 */
	static final int MAX_MESSAGES_PER_SECOND = 200;

	private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

	private final Teacher teacher;

	private final @Nullable Instant validUntil;

	private final Set<String> subscriptionIds = new HashSet<>();

	private boolean escapes;

	private boolean left;

	private long secondStart = System.nanoTime();

	private int messages;

	private @Nullable ScheduledFuture<?> expiry;

	/**
	 * Creates the state of a new socket.
	 * @param teacher the teacher who opened it
	 * @param validUntil when the teacher's token expires, null for never
	 */
	SocketState(Teacher teacher, @Nullable Instant validUntil) {
		this.teacher = teacher;
		this.validUntil = validUntil;
	}

	/**
	 * Finds a socket's state.
	 * @param attributes attributes of its WebSocket session
	 * @return the state
	 * @throws IllegalStateException if the attributes contain no state
	 */
	static SocketState of(@Nullable Map<String, Object> attributes) {
		if (attributes != null && attributes.get(ATTRIBUTE) instanceof SocketState state) {
			return state;
		}
		throw new IllegalStateException("These are not the attributes of a socket");
	}

	/** Puts this state into the attributes of the WebSocket session. */
	void addTo(Map<String, Object> attributes) {
		attributes.put(ATTRIBUTE, this);
	}

	Teacher teacher() {
		return this.teacher;
	}

	@Nullable Instant validUntil() {
		return this.validUntil;
	}

	/** Keeps the task that closes the socket when the token expires. */
	synchronized void setExpiry(ScheduledFuture<?> expiry) {
		this.expiry = expiry;
	}

	synchronized void cancelExpiry() {
		if (this.expiry != null) {
			this.expiry.cancel(false);
		}
	}

	/** Returns false if there were too many messages in this second. */
	synchronized boolean countMessage() {
		long now = System.nanoTime();
		if (now - this.secondStart > SECOND_NANOS) {
			this.secondStart = now;
			this.messages = 0;
		}
		return ++this.messages <= MAX_MESSAGES_PER_SECOND;
	}

	/** Whether the client's version of STOMP has escapes in headers; 1.0 has none. */
	synchronized boolean hasEscapes() {
		return this.escapes;
	}

	synchronized void setEscapes(boolean escapes) {
		this.escapes = escapes;
	}

	/**
	 * Whether the frames of the client are ignored, because the socket will be closed.
	 */
	synchronized boolean hasLeft() {
		return this.left;
	}

	/**
	 * Ignores the frames of the client from now on.
	 * @return false if an earlier call already decided how the socket is closed
	 */
	synchronized boolean leave() {
		boolean first = !this.left;
		this.left = true;
		return first;
	}

	/**
	 * Returns false if the id is in use or the socket has the maximum number of
	 * subscriptions.
	 */
	synchronized boolean subscribe(String id) {
		return this.subscriptionIds.size() < MAX_SUBSCRIPTIONS && this.subscriptionIds.add(id);
	}

	/** Returns false if the id is not in use. */
	synchronized boolean unsubscribe(@Nullable String id) {
		return this.subscriptionIds.remove(id);
	}

}
