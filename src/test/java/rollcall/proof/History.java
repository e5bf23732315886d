package rollcall.proof;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * All requests and replies of clients, and all events that subscribers received, in one
 * run.
 */
final class History {

	private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

	private final Queue<Watch> watches = new ConcurrentLinkedQueue<>();

	void add(Call call) {
		this.calls.add(call);
	}

	void add(Watch watch) {
		this.watches.add(watch);
	}

	Collection<Call> calls() {
		return this.calls;
	}

	Collection<Watch> watches() {
		return this.watches;
	}

	long count(Predicate<Call> which) {
		return this.calls.stream().filter(which).count();
	}

	/** The presences with a reply of the given kind. */
	long presences(Class<? extends Call.Reply> reply) {
		return count((call) -> call.request() instanceof Call.Present && reply.isInstance(call.reply()));
	}

	List<Violation> violations() {
		return new Checker(this).violations();
	}

}
