package rollcall.proof;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

/**
 * A dashboard as the contract describes it: it subscribes, reads the roll and merges by
 * number, and reads what changed when its socket breaks or a number is missing. Used by
 * one thread.
 */
final class Follower implements AutoCloseable {

	/** A paused node accepts a connection and does not answer. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final URI base;

	private final long classId;

	private final String rollId;

	private final RollCallClient reader;

	private final History history;

	private final Map<String, Call.Entry> rows = new HashMap<>();

	private final List<Integer> closeCodes = new ArrayList<>();

	private Call.SeenTimes times = Call.SeenTimes.NONE;

	/** All changes up to this number are merged. */
	private long seq;

	private @Nullable StompWatcher watcher;

	private int merged;

	private boolean settled;

	private boolean over;

	private boolean complete;

	Follower(URI base, Classroom classroom, RollCallClient reader, History history) {
		this.base = base;
		this.classId = classroom.classId();
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
		if (this.over) {
			return true;
		}
		if (open == null || open.isBroken()) {
			leave();
			connect();
		}
		else {
			this.settled = merge(open) && open.seen() > 0;
		}
		return this.settled;
	}

	/** Whether it knows that the roll has ended. */
	boolean isOver() {
		return this.over;
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
		Call.Reply reply = this.reader.read(this.classId, this.seq);
		if (reply instanceof Call.Current current && current.rollId().equals(this.rollId)) {
			current.entries().forEach((row) -> this.rows.put(row.studentId(), row));
			this.seq = current.seq();
			relabel(current.times());
		}
		else if (reply instanceof Call.NoneOpen || reply instanceof Call.Current) {
			this.over = true;
		}
	}

	/**
	 * Merges new events, and reads the roll if a number is missing.
	 * @return whether all changes up to the last event are known
	 */
	private boolean merge(StompWatcher open) {
		for (Watch.Event event : open.seenAfter(this.merged)) {
			if (isAfterAGap(event)) {
				read();
			}
			if (isAfterAGap(event) && !this.over) {
				return false;
			}
			apply(event);
			this.merged++;
		}
		return true;
	}

	private boolean isAfterAGap(Watch.Event event) {
		return event.seq() > this.seq + (event.ended() ? 0 : 1);
	}

	private void apply(Watch.Event event) {
		if (event.ended()) {
			this.over = true;
			this.complete = event.seq() == this.seq;
		}
		else if (event.seq() == this.seq + 1) {
			this.seq = event.seq();
			if (event.changed()) {
				relabel(event.times());
			}
			else {
				this.rows.put(event.row().studentId(), event.row());
			}
		}
	}

	private void relabel(Call.SeenTimes times) {
		this.times = times;
		this.rows.replaceAll((studentId, row) -> row.with(times));
	}

	/** The close codes of its sockets. */
	List<Integer> closeCodes() {
		return this.closeCodes;
	}

	/**
	 * Disconnects when the event of the end was received or the socket is broken.
	 * @return whether it is disconnected
	 */
	boolean leaveAtTheEnd() {
		StompWatcher open = this.watcher;
		if (open != null && this.settled && !open.hasEnded() && !open.isBroken()) {
			return false;
		}
		if (open != null && this.settled) {
			merge(open);
			if (this.complete) {
				this.history.add(new View(this.rollId, this.times.lateAt(), List.copyOf(this.rows.values())));
			}
		}
		leave();
		return true;
	}

	/** Whether it received the end and knows the whole roll. */
	boolean isComplete() {
		return this.complete;
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
