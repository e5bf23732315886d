package rollcall.live;

import java.util.HashSet;
import java.util.Set;

import rollcall.roll.Teacher;

/**
 * One socket and what it has done so far. Spring keeps no such record: it would take a
 * second CONNECT, or ten thousand subscriptions.
 */
class Watcher {

	static final String ATTRIBUTE = "rollcall.watcher";

	/** An admin's dashboard of a whole faculty. */
	static final int MAX_SUBSCRIPTIONS = 100;

	private final Teacher teacher;

	private final Set<String> subscriptionIds = new HashSet<>();

	private boolean connected;

	Watcher(Teacher teacher) {
		this.teacher = teacher;
	}

	Teacher teacher() {
		return this.teacher;
	}

	synchronized boolean isConnected() {
		return this.connected;
	}

	/** Whether this is the first CONNECT. */
	synchronized boolean connect() {
		boolean first = !this.connected;
		this.connected = true;
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
