package rollcall.live;

import java.util.HashSet;
import java.util.Set;

import rollcall.roll.Teacher;

/**
 * One socket and what it has done so far. Spring keeps no such record: it would take a
 * second CONNECT, ten thousand subscriptions, or frames after DISCONNECT.
 */
class Watcher {

	static final String ATTRIBUTE = "rollcall.watcher";

	/** An admin's dashboard of a whole faculty. */
	static final int MAX_SUBSCRIPTIONS = 100;

	private final Teacher teacher;

	private final Set<String> subscriptionIds = new HashSet<>();

	private boolean connected;

	private boolean escaping;

	private boolean left;

	Watcher(Teacher teacher) {
		this.teacher = teacher;
	}

	Teacher teacher() {
		return this.teacher;
	}

	synchronized boolean isConnected() {
		return this.connected;
	}

	/** Whether its version of STOMP has escapes in headers: 1.0 has none. */
	synchronized boolean isEscaping() {
		return this.escaping;
	}

	synchronized boolean hasLeft() {
		return this.left;
	}

	/** Whether this is the first CONNECT. */
	synchronized boolean connect(boolean escapingVersion) {
		boolean first = !this.connected;
		if (first) {
			this.connected = true;
			this.escaping = escapingVersion;
		}
		return first;
	}

	/**
	 * From now on no frame of it is processed.
	 * @return whether this is the first reason to close the socket, which decides how
	 */
	synchronized boolean leave() {
		boolean first = !this.left;
		this.left = true;
		return first;
	}

	/** Whether the id is new and there is room for it. */
	synchronized boolean subscribe(String id) {
		return this.subscriptionIds.size() < MAX_SUBSCRIPTIONS && this.subscriptionIds.add(id);
	}

	/** Whether the id was subscribed. */
	synchronized boolean unsubscribe(String id) {
		return this.subscriptionIds.remove(id);
	}

}
