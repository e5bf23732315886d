package rollcall.proof;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;
import rollcall.Await;

/**
 * A dashboard as the contract describes it: it subscribes, reads the roll and merges by
 * number, and repeats this when its socket breaks or a number is missing. Used by one
 * thread.
 */
final class Follower implements AutoCloseable {

	/** A paused node accepts a connection and does not answer. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final URI base;

	private final Classroom classroom;

	private final String rollId;

	private final RollCallClient reader;

	private final History history;

	private final TreeSet<Long> known = new TreeSet<>();

	private final List<Integer> closeCodes = new ArrayList<>();

	private @Nullable StompWatcher watcher;

	private int merged;

	private boolean settled;

	Follower(URI base, Classroom classroom, RollCallClient reader, History history) {
		this.base = base;
		this.classroom = classroom;
		this.rollId = classroom.rollId();
		this.reader = reader;
		this.history = history;
	}

	/**
	 * Connects, merges new events, or reads the roll again, as needed.
	 * @return whether its socket works and no number is known to be missing
	 */
	boolean keepUp() {
		StompWatcher open = this.watcher;
		if (open == null || open.isBroken()) {
			leave();
			connect();
		}
		else {
			merge(open);
			this.settled = open.seen() > 0 && !isMissingSome();
			if (isMissingSome()) {
				read();
			}
		}
		return this.settled;
	}

	private void connect() {
		try {
			this.watcher = StompWatcher.of(this.base, this.rollId, PATIENCE);
			this.merged = 0;
			read();
		}
		catch (CompletionException ex) {
			// No node accepts it now; the next step tries again.
		}
	}

	private void read() {
		if (this.reader.read(this.classroom.classId(), 0) instanceof Call.Current current
				&& current.rollId().equals(this.rollId)) {
			current.entries().forEach((entry) -> this.known.add(entry.seq()));
		}
	}

	private void merge(StompWatcher open) {
		List<Watch.Event> events = open.seenAfter(this.merged);
		this.merged += events.size();
		events.stream().filter((event) -> event.seq() > 0).forEach((event) -> this.known.add(event.seq()));
	}

	private boolean isMissingSome() {
		return !this.known.isEmpty() && this.known.last() != this.known.size();
	}

	/** The close codes of its sockets. */
	List<Integer> closeCodes() {
		return this.closeCodes;
	}

	/**
	 * Waits for the event of the end, if the socket works, and disconnects.
	 * @return whether it received the end and knows the whole roll
	 */
	boolean finish() {
		StompWatcher open = this.watcher;
		boolean complete = false;
		if (open != null && this.settled) {
			Await.until("the end is published or the socket breaks", () -> open.hasEnded() || open.isBroken());
			merge(open);
			complete = open.hasEnded() && !isMissingSome();
		}
		leave();
		return complete;
	}

	private void leave() {
		StompWatcher left = this.watcher;
		this.watcher = null;
		this.settled = false;
		if (left != null) {
			this.history.add(left.watch(false));
			if (left.closeCode() != 0) {
				this.closeCodes.add(left.closeCode());
			}
			left.close();
		}
	}

	@Override
	public void close() {
		leave();
	}

}
