package rollcall.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

import rollcall.console.Failure.ExitCode;
import rollcall.console.RollClient.Recorded;
import rollcall.roll.Presence;
import rollcall.roll.PresenceReceipt;

/**
 * Records and marks students one after another, in the order in which this was typed or
 * scanned. What cannot be sent is kept and sent again, before anything that came later.
 */
final class Recorder implements AutoCloseable {

	private static final int MOST_WAITING = 10_000;

	private static final long FIRST_PAUSE_MILLIS = 250;

	private static final long LONGEST_PAUSE_MILLIS = 2_000;

	/** The answer's time has whole seconds, and the disk may take a moment. */
	private static final Duration TOLERANCE = Duration.ofSeconds(2);

	private final ExecutorService loop = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
			Recorder::thread, new ThreadPoolExecutor.DiscardPolicy());

	private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();

	private final Map<String, Instant> recorded = new HashMap<>();

	private final RollClient client;

	private final long classId;

	private final TeacherPresences presences;

	private final Listener listener;

	private volatile boolean closed;

	Recorder(RollClient client, long classId, InstantSource clock, Listener listener) {
		this.client = client;
		this.classId = classId;
		this.presences = new TeacherPresences(client, classId, clock);
		this.listener = listener;
	}

	private static Thread thread(Runnable loop) {
		Thread thread = new Thread(loop, "recorder");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Waits while too many lines are kept, so that a long input does not fill the memory.
	 */
	void awaitRoom() {
		while (this.waiting.size() >= MOST_WAITING && !this.closed) {
			Repeat.pause(FIRST_PAUSE_MILLIS);
		}
	}

	/** Records a student after all lines before, or reports that the text is no id. */
	void record(String typed) {
		try {
			String studentId = TypedStudentId.parse(typed);
			add(studentId, (begun) -> {
				Recorded answer = this.presences.record(studentId);
				return () -> answered(studentId, answer, System.nanoTime() - begun);
			});
		}
		catch (Failure mistake) {
			run(() -> this.listener.failed(typed, mistake));
		}
	}

	/**
	 * Sets the status of a student in this roll and in no other, after all lines before.
	 */
	void mark(UUID rollId, TypedMark mark) {
		add(mark.toString(), (begun) -> {
			Presence row = this.client.mark(this.classId, rollId, mark)
				.orElseThrow(() -> new Failure(ExitCode.REFUSED, "roll.none", this.classId));
			return () -> this.listener.marked(row);
		});
	}

	private void add(String line, LongFunction<Runnable> request) {
		this.waiting.add(line);
		run(() -> send(line, request));
	}

	/** Runs a step after all lines before it were answered. */
	void run(Runnable step) {
		this.loop.execute(step);
	}

	int waitingCount() {
		return this.waiting.size();
	}

	/** The lines that the server has not answered, in order. */
	List<String> waiting() {
		return List.copyOf(this.waiting);
	}

	/**
	 * Sends a request until it is answered.
	 * @param request sends it, and returns what reports its answer; it gets the time of
	 * the first attempt
	 */
	private void send(String line, LongFunction<Runnable> request) {
		long begun = System.nanoTime();
		for (long pause = FIRST_PAUSE_MILLIS; !this.closed; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
			try {
				Runnable report = request.apply(begun);
				this.waiting.remove();
				report.run();
				return;
			}
			catch (Failure ex) {
				if (!ex.isTransient()) {
					this.waiting.remove();
					this.listener.failed(line, ex);
					return;
				}
				this.listener.waiting(this.waiting.size(), ex);
				Repeat.pause(pause);
			}
		}
	}

	private void answered(String studentId, Recorded answer, long nanos) {
		PresenceReceipt presence = answer.presence();
		if (presence.classId() == 0) {
			this.listener.refused(presence);
			return;
		}
		boolean before = isBefore(presence.at(), answer.at(), Duration.ofNanos(nanos))
				|| presence.at().equals(this.recorded.put(studentId, presence.at()));
		if (before) {
			this.listener.recordedBefore(presence, answer.at());
		}
		else {
			this.listener.recorded(presence);
		}
	}

	/**
	 * Whether a presence was recorded before the first attempt to send it.
	 * @param at the time of the presence
	 * @param answered the server's time of the answer
	 * @param attempts the time from the first attempt to the answer
	 */
	static boolean isBefore(Instant at, Instant answered, Duration attempts) {
		return at.isBefore(answered.minus(attempts).minus(TOLERANCE));
	}

	/** Stops sending. The lines that wait stay in {@link #waiting}. */
	@Override
	public void close() {
		this.closed = true;
		this.loop.shutdownNow();
	}

	/** Called from the recorder's thread, in the order of the lines. */
	interface Listener {

		void recorded(PresenceReceipt presence);

		/**
		 * The student was recorded earlier.
		 * @param presence with the time of the earlier presence
		 * @param now the server's time
		 */
		void recordedBefore(PresenceReceipt presence, Instant now);

		/** The server answered with class zero. */
		void refused(PresenceReceipt presence);

		/** The status of a student was set. */
		void marked(Presence student);

		/** The line is a mistake, or the server refused the request itself. */
		void failed(String line, Failure reason);

		/** The server does not answer. The recorder tries again. */
		void waiting(int count, Failure reason);

	}

}
