package rollcall.proof;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * All requests and replies of clients, and all events that subscribers received and the
 * lists that dashboards showed, in one run.
 */
final class History {

	private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

	private final Queue<Watch> watches = new ConcurrentLinkedQueue<>();

	private final Queue<View> views = new ConcurrentLinkedQueue<>();

	void add(Call call) {
		this.calls.add(call);
	}

	void add(Watch watch) {
		this.watches.add(watch);
	}

	void add(View view) {
		this.views.add(view);
	}

	Collection<Call> calls() {
		return this.calls;
	}

	Collection<Watch> watches() {
		return this.watches;
	}

	Collection<View> views() {
		return this.views;
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
