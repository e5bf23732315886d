package rollcall.console;

import java.time.Duration;
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
import rollcall.roll.RollEvent;
import rollcall.roll.Sheet;

/**
 * Follows a roll to its end and reports every change once and in order. It reads the roll
 * after subscribing, at a gap in {@code seq}, every 15 s, and every 2 s while the
 * connection is lost. One thread owns all state; other threads add steps to its queue.
 */
final class RollFollower implements AutoCloseable {

	private static final long READ_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(15);

	private static final long RETRY_INTERVAL_MILLIS = 2_000;

	private final ScheduledExecutorService loop = new ScheduledThreadPoolExecutor(1, RollFollower::thread,
			new ThreadPoolExecutor.DiscardPolicy());

	private final CompletableFuture<Optional<Instant>> ending = new CompletableFuture<>();

	private final RollClient client;

	private final RollListener listener;

	private final CurrentRoll roll;

	private final CompletableFuture<Boolean> live = new CompletableFuture<>();

	private @Nullable LiveTopic topic;

	private final KnownRoll known;

	private boolean subscribed;

	private boolean disconnected;

	private final LatestReason reason = new LatestReason();

	private long lastRead;

	/**
	 * Follows a roll from {@link #start} on.
	 * @param roll the roll and the presences that were read with it
	 */
	RollFollower(RollClient client, CurrentRoll roll, RollListener listener) {
		this.client = client;
		this.roll = roll;
		this.listener = listener;
		this.known = new KnownRoll(listener);
	}

	private static Thread thread(Runnable loop) {
		Thread thread = new Thread(loop, "follower");
		thread.setDaemon(true);
		return thread;
	}

	/** Reports known students first, because loading the STOMP client takes time. */
	void start() {
		run(() -> this.known.take(this.roll));
		run(this::subscribe);
		this.lastRead = System.nanoTime();
		Future<?> unused = this.loop.scheduleWithFixedDelay(guarded(this::readAgain), RETRY_INTERVAL_MILLIS,
				RETRY_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Waits until the roll has ended or {@link #stop} is called.
	 * @return when the roll ended; empty if that is unknown because its sheet is not kept
	 * @throws Failure if the roll can no longer be followed
	 */
	Optional<Instant> await() {
		try {
			return this.ending.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/** Waits for the first subscription, at most for this time. */
	boolean awaitLive(Duration most) {
		return this.live.completeOnTimeout(false, most.toMillis(), TimeUnit.MILLISECONDS).join();
	}

	/** Stops following. The roll stays as it is. */
	void stop() {
		this.live.complete(false);
		this.ending.complete(Optional.empty());
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
				this.listener.check();
			}
			catch (Failure ex) {
				if (ex.isTransient()) {
					failing(ex);
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
		this.live.complete(true);
		read();
	}

	private void lost() {
		this.subscribed = false;
		disconnected();
		read();
	}

	private void received(RollEvent event) {
		if (!event.rollId().equals(this.roll.rollId()) || event.seq() < this.known.seq()) {
			return;
		}
		if (event.type().equals(RollEvent.ENDED)) {
			if (event.seq() > this.known.seq()) {
				readSheet();
			}
			else {
				this.ending.complete(Optional.of(event.at()));
			}
		}
		else if (event.seq() > this.known.seq() && !this.known.take(event)) {
			read();
		}
	}

	private void readAgain() {
		if (this.disconnected || System.nanoTime() - this.lastRead >= READ_INTERVAL_NANOS) {
			read();
		}
	}

	private void read() {
		this.lastRead = System.nanoTime();
		Optional<CurrentRoll> open = this.client.read(this.roll.classId(), this.known.seq());
		if (open.isPresent() && open.get().rollId().equals(this.roll.rollId())) {
			this.known.take(open.get());
			reconnected();
		}
		else {
			readSheet();
		}
	}

	/** Called when the roll has ended and changes may be missing. */
	private void readSheet() {
		Optional<Sheet> sheet = this.client.sheets().read(this.roll.rollId());
		sheet.ifPresent(this.known::take);
		this.ending.complete(sheet.map(Sheet::endedAt));
	}

	private void disconnected() {
		if (!this.disconnected) {
			this.disconnected = true;
			this.listener.disconnected();
		}
	}

	private void failing(Failure failure) {
		disconnected();
		if (this.reason.isNew(failure)) {
			this.listener.failing(failure);
		}
	}

	private void reconnected() {
		this.reason.clear();
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

}
