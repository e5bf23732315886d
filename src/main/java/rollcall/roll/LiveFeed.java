package rollcall.roll;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.stereotype.Component;

/**
 * Publishes committed events on the rolls' topics, in commit order, on a thread of its
 * own. An event that finds the queue full is dropped: whoever watches sees the gap in the
 * numbers and reads the roll. What nobody here follows is not even written down: of many
 * nodes each hears of every roll.
 */
@Component
class LiveFeed implements SmartLifecycle {

	private static final int QUEUE_CAPACITY = 65_536;

	private static final Logger logger = LoggerFactory.getLogger(LiveFeed.class);

	private final SimpMessageSendingOperations messaging;

	private final Audience audience;

	private final RollMeters meters;

	private final BlockingQueue<RollEvent> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);

	private final AtomicLong dropped = new AtomicLong();

	private final Worker worker = new Worker("live-feed", this::run);

	LiveFeed(SimpMessageSendingOperations messaging, Audience audience, RollMeters meters) {
		this.messaging = messaging;
		this.audience = audience;
		this.meters = meters;
	}

	/** Takes events that are committed; never waits. */
	void publish(List<RollEvent> events) {
		for (RollEvent event : events) {
			if (isFollowed(event.rollId()) && !this.queue.offer(event)) {
				this.dropped.incrementAndGet();
				this.meters.unpublished();
			}
		}
	}

	/** Whether anybody here would hear of the roll. */
	boolean isFollowed(UUID rollId) {
		return this.audience.follows(RollEvent.topicOf(rollId));
	}

	@Override
	public void start() {
		this.worker.start();
	}

	@Override
	public void stop() {
		this.worker.interrupt();
		this.worker.join();
	}

	@Override
	public boolean isRunning() {
		return this.worker.isRunning();
	}

	private void run() {
		while (this.worker.isRunning()) {
			try {
				send(this.queue.take());
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private void send(RollEvent event) {
		long missed = this.dropped.getAndSet(0);
		if (missed > 0) {
			logger.warn("{} events were not published: watchers read them from the store", missed);
		}
		try {
			this.messaging.convertAndSend(RollEvent.topicOf(event.rollId()), event);
			this.meters.published(event);
		}
		catch (RuntimeException ex) {
			logger.warn("An event was not published: watchers read it from the store", ex);
		}
	}

}
