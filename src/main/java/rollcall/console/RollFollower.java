package rollcall.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;
import rollcall.roll.RollEvent;
import rollcall.roll.Sheet;

/**
 * Follows a roll to its end: every presence once and in order. The topic only announces
 * changes: after a subscription took effect, at a gap and every fifteen seconds the roll
 * is read. One thread owns all state; other threads put their steps into its queue.
 */
final class RollFollower implements AutoCloseable {

	private static final long RE_READ_MILLIS = 15_000;

	private static final long FIRST_PAUSE_MILLIS = 500;

	private static final long LONGEST_PAUSE_MILLIS = 8_000;

	private final ScheduledExecutorService loop = new ScheduledThreadPoolExecutor(1, RollFollower::thread,
			new ThreadPoolExecutor.DiscardPolicy());

	private final CompletableFuture<Ending> ending = new CompletableFuture<>();

	private final RollClient client;

	private final Supplier<LiveTopic> topics;

	private final Listener listener;

	private final long classId;

	private final UUID rollId;

	private final String destination;

	private final List<Presence> seen;

	private @Nullable LiveTopic topic;

	private long seq;

	private boolean subscribed;

	private boolean away;

	private int failures;

	RollFollower(RollClient client, Supplier<LiveTopic> topics, CurrentRoll roll, Listener listener) {
		this.client = client;
		this.topics = topics;
		this.listener = listener;
		this.classId = roll.classId();
		this.rollId = roll.rollId();
		this.destination = roll.topic();
		this.seen = roll.presences();
	}

	private static Thread thread(Runnable loop) {
		Thread thread = new Thread(loop, "follower");
		thread.setDaemon(true);
		return thread;
	}

	/** What is known already is told before anything else happens. */
	void start() {
		run(() -> this.seen.forEach(this::arrived));
		run(this::connect);
		Future<?> unused = this.loop.scheduleWithFixedDelay(guarded(this::read), RE_READ_MILLIS, RE_READ_MILLIS,
				TimeUnit.MILLISECONDS);
	}

	/**
	 * Waits until the roll has ended or {@link #stop} is called.
	 * @return how it ended
	 * @throws Failure if it cannot be followed any more
	 */
	Ending await() {
		try {
			return this.ending.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/** The reader has seen enough. */
	void stop() {
		this.ending.complete(new Ending(null, this.seq));
	}

	/** Runs something on the follower's thread, between two of its steps. */
	void run(Runnable step) {
		this.loop.execute(guarded(step));
	}

	/** What may pass is waited out; the next reading comes by itself. */
	private Runnable guarded(Runnable step) {
		return () -> {
			if (this.ending.isDone()) {
				return;
			}
			try {
				step.run();
			}
			catch (Failure ex) {
				if (ex.isPassing()) {
					away();
				}
				else {
					this.ending.completeExceptionally(ex);
				}
			}
			catch (RuntimeException ex) {
				this.ending.completeExceptionally(ex);
			}
		};
	}

	private void connect() {
		topic().connect(this.destination, new LiveTopic.Listener() {

			@Override
			public void subscribed() {
				run(RollFollower.this::subscribed);
			}

			@Override
			public void received(RollEvent event) {
				run(() -> RollFollower.this.received(event));
			}

			@Override
			public void lost() {
				run(RollFollower.this::lost);
			}

		});
	}

	/** Made when it is first needed: what can be told without it does not wait for it. */
	private LiveTopic topic() {
		LiveTopic existing = this.topic;
		if (existing == null) {
			existing = this.topics.get();
			this.topic = existing;
		}
		return existing;
	}

	private void subscribed() {
		this.subscribed = true;
		this.failures = 0;
		read();
	}

	private void received(RollEvent event) {
		if (!event.rollId().equals(this.rollId) || event.seq() < this.seq) {
			return;
		}
		if (event.type().equals(RollEvent.ENDED)) {
			if (event.seq() > this.seq) {
				over();
			}
			else {
				this.ending.complete(new Ending(event.at(), this.seq));
			}
		}
		else if (event.seq() == this.seq + 1 && event.studentId() != null) {
			arrived(new Presence(event.seq(), event.studentId(), event.at()));
		}
		else if (event.seq() > this.seq) {
			read();
		}
	}

	private void lost() {
		this.subscribed = false;
		away();
		later(this::connect, pauseMillis());
		read();
	}

	/**
	 * Doubles up to a limit, with jitter, so that a class of consoles does not return at
	 * once.
	 */
	private long pauseMillis() {
		long pause = Math.min(FIRST_PAUSE_MILLIS << Math.min(this.failures++, 10), LONGEST_PAUSE_MILLIS);
		return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
	}

	private void later(Runnable step, long millis) {
		Future<?> unused = this.loop.schedule(guarded(step), millis, TimeUnit.MILLISECONDS);
	}

	private void read() {
		Optional<CurrentRoll> roll = this.client.read(this.classId, this.seq);
		if (roll.isPresent() && roll.get().rollId().equals(this.rollId)) {
			roll.get().presences().forEach(this::arrived);
			back();
		}
		else {
			over();
		}
	}

	private void arrived(Presence presence) {
		if (presence.seq() > this.seq) {
			this.seq = presence.seq();
			this.listener.arrived(presence);
		}
	}

	/**
	 * The roll has ended and something was missed. Asking for the end of exactly this
	 * roll changes nothing any more and gives its sheet, if that is still kept.
	 */
	private void over() {
		Optional<Sheet> sheet = this.client.end(this.classId, this.rollId);
		sheet.ifPresent((kept) -> kept.presences().forEach(this::arrived));
		this.ending.complete(new Ending(sheet.map(Sheet::endedAt).orElse(null), this.seq));
	}

	private void away() {
		if (!this.away) {
			this.away = true;
			this.listener.away();
		}
	}

	private void back() {
		if (this.away && this.subscribed) {
			this.away = false;
			this.listener.back();
		}
	}

	@Override
	public void close() {
		this.loop.execute(() -> {
			if (this.topic != null) {
				this.topic.close();
			}
		});
		this.loop.shutdown();
	}

	/** Who is told; the calls come from the follower's thread. */
	interface Listener {

		void arrived(Presence presence);

		/** The live connection is lost; the follower goes on trying. */
		void away();

		/** Connected again, and caught up. */
		void back();

	}

	/**
	 * How a roll ended.
	 *
	 * @param at when, or null if it ended unseen and its sheet is not kept
	 * @param seq the last presence that was seen
	 */
	record Ending(@Nullable Instant at, long seq) {
	}

}
