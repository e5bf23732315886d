package rollcall.live;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import rollcall.roll.Teacher;

/**
 * The teacher of a socket and what its client has done. Spring keeps no such state: it
 * would accept any number of subscriptions, and frames after DISCONNECT.
 */
class SocketState {

	/** Name of the WebSocket session's attribute. */
	private static final String ATTRIBUTE = "rollcall.socket";

	/** Enough for an admin's dashboard of a whole faculty. */
	private static final int MAX_SUBSCRIPTIONS = 100;

	private final Teacher teacher;

	private final Set<String> subscriptionIds = new HashSet<>();

	private boolean escapes;

	private boolean left;

	SocketState(Teacher teacher) {
		this.teacher = teacher;
	}

	/**
	 * Finds a socket's state.
	 * @param attributes attributes of its WebSocket session
	 * @return the state
	 * @throws IllegalStateException if the attributes are not of a socket
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

	/** Whether its version of STOMP has escapes in headers; 1.0 has none. */
	synchronized boolean hasEscapes() {
		return this.escapes;
	}

	synchronized void setEscapes(boolean escapes) {
		this.escapes = escapes;
	}

	/** Whether the socket is about to be closed, so that its frames are ignored. */
	synchronized boolean hasLeft() {
		return this.left;
	}

	/**
	 * Ignores the socket's frames from now on.
	 * @return false if an earlier call already decided how the socket is closed
	 */
	synchronized boolean leave() {
		boolean first = !this.left;
		this.left = true;
		return first;
	}

	/** Returns false if the id is in use or the socket has its most subscriptions. */
	synchronized boolean subscribe(String id) {
		return this.subscriptionIds.size() < MAX_SUBSCRIPTIONS && this.subscriptionIds.add(id);
	}

	/** Returns false if the id is not in use. */
	synchronized boolean unsubscribe(@Nullable String id) {
		return this.subscriptionIds.remove(id);
	}

}
