package rollcall.console;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;
import rollcall.roll.RollEvent;
import rollcall.roll.Sheet;

/**
 * Follows a roll to its end and reports every presence once and in order. It reads the
 * roll after subscribing, at a gap in {@code seq} and every 15 s. One thread owns all
 * state; other threads add steps to its queue.
 */
final class RollFollower implements AutoCloseable {

	private static final long READ_INTERVAL_MILLIS = 15_000;

	private final ScheduledExecutorService loop = new ScheduledThreadPoolExecutor(1, RollFollower::thread,
			new ThreadPoolExecutor.DiscardPolicy());

	private final CompletableFuture<Ending> ending = new CompletableFuture<>();

	private final RollClient client;

	private final Listener listener;

	private final CurrentRoll roll;

	private @Nullable LiveTopic topic;

	private long seq;

	private boolean subscribed;

	private boolean disconnected;

	/**
	 * Follows a roll from {@link #start} on.
	 * @param roll the roll and the presences that were read with it
	 */
	RollFollower(RollClient client, CurrentRoll roll, Listener listener) {
		this.client = client;
		this.roll = roll;
		this.listener = listener;
	}

	private static Thread thread(Runnable loop) {
		Thread thread = new Thread(loop, "follower");
		thread.setDaemon(true);
		return thread;
	}

	/** Reports known presences first, because loading the STOMP client takes time. */
	void start() {
		run(() -> this.roll.presences().forEach(this::arrived));
		run(this::subscribe);
		Future<?> unused = this.loop.scheduleWithFixedDelay(guarded(this::read), READ_INTERVAL_MILLIS,
				READ_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Waits until the roll has ended or {@link #stop} is called.
	 * @return the end of the roll
	 * @throws Failure if the roll can no longer be followed
	 */
	Ending await() {
		try {
			return this.ending.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/** Stops following. The roll stays as it is. */
	void stop() {
		this.ending.complete(new Ending(null, this.seq));
	}

	/** Runs a step on the follower's thread, after the steps that are queued already. */
	void run(Runnable step) {
		this.loop.execute(guarded(step));
	}

	/**
	 * Adds error handling to a step. After a transient failure the follower continues and
	 * reads the roll again later. Any other failure ends it.
	 */
	private Runnable guarded(Runnable step) {
		return () -> {
			if (this.ending.isDone()) {
				return;
			}
			try {
				step.run();
			}
			catch (Failure ex) {
				if (ex.isTransient()) {
					disconnected();
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

	private void subscribe() {
		this.topic = this.client.liveTopic();
		this.topic.subscribe(this.roll.topic(), new LiveTopic.Listener() {

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

	private void subscribed() {
		this.subscribed = true;
		read();
	}

	private void lost() {
		this.subscribed = false;
		disconnected();
		read();
	}

	private void received(RollEvent event) {
		if (!event.rollId().equals(this.roll.rollId()) || event.seq() < this.seq) {
			return;
		}
		if (event.type().equals(RollEvent.ENDED)) {
			if (event.seq() > this.seq) {
				readSheet();
			}
			else {
				this.ending.complete(new Ending(event.at(), this.seq));
			}
		}
		else if (event.seq() == this.seq + 1 && event.type().equals(RollEvent.PRESENCE) && event.studentId() != null) {
			arrived(new Presence(event.seq(), event.studentId(), event.at(), event.status(), event.by()));
		}
		else if (event.seq() > this.seq) {
			read();
		}
	}

	private void read() {
		Optional<CurrentRoll> open = this.client.read(this.roll.classId(), this.seq);
		if (open.isPresent() && open.get().rollId().equals(this.roll.rollId())) {
			open.get().presences().forEach(this::arrived);
			reconnected();
		}
		else {
			readSheet();
		}
	}

	/**
	 * Called when the roll has ended and presences may be missing. To end this roll again
	 * changes nothing and returns its sheet, if the server still keeps it.
	 */
	private void readSheet() {
		Optional<Sheet> sheet = this.client.end(this.roll.classId(), this.roll.rollId());
		sheet.ifPresent((kept) -> kept.presences().forEach(this::arrived));
		this.ending.complete(new Ending(sheet.map(Sheet::endedAt).orElse(null), this.seq));
	}

	private void arrived(Presence presence) {
		if (presence.seq() > this.seq) {
			this.seq = presence.seq();
			this.listener.arrived(presence);
		}
	}

	private void disconnected() {
		if (!this.disconnected) {
			this.disconnected = true;
			this.listener.disconnected();
		}
	}

	private void reconnected() {
		if (this.disconnected && this.subscribed) {
			this.disconnected = false;
			this.listener.reconnected();
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

	/** Called from the follower's thread. */
	interface Listener {

		void arrived(Presence presence);

		/** The live connection is lost. The follower tries again. */
		void disconnected();

		/** Connected again, and no presence is missing. */
		void reconnected();

	}

	/**
	 * The end of a roll.
	 *
	 * @param at when it ended; null if that is unknown because its sheet is not kept
	 * @param seq the number of the last presence
	 */
	record Ending(@Nullable Instant at, long seq) {
	}

}
