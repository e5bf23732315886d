package rollcall.roll;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.stereotype.Component;

/**
 * Publishes committed events on the rolls' topics in commit order. It has its own thread.
 * If its queue is full, it drops events: subscribers see the gap in {@code seq} and read
 * the roll. It skips events without subscribers on this node. Public, because the package
 * of the shared store passes it the events of other nodes.
 */
@Component
public class LiveFeed extends Worker {

	private static final int QUEUE_CAPACITY = 65_536;

	private static final Logger logger = LoggerFactory.getLogger(LiveFeed.class);

	private final SimpMessageSendingOperations messaging;

	private final Subscribers subscribers;

	private final RollMeters meters;

	private final BlockingQueue<RollEvent> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);

	private final AtomicLong dropped = new AtomicLong();

	LiveFeed(SimpMessageSendingOperations messaging, Subscribers subscribers, RollMeters meters) {
		super("live-feed");
		this.messaging = messaging;
		this.subscribers = subscribers;
		this.meters = meters;
	}

	/**
	 * Queues committed events; never blocks.
	 * @param events events in commit order
	 */
	public void publish(List<RollEvent> events) {
		for (RollEvent event : events) {
			if (hasSubscribers(event.rollId()) && !this.queue.offer(event)) {
				this.dropped.incrementAndGet();
				this.meters.unpublished();
			}
		}
	}

	/** Whether a client on this node is subscribed to the topic of the roll. */
	public boolean hasSubscribers(UUID rollId) {
		return this.subscribers.existFor(RollEvent.topicOf(rollId));
	}

	/** The phase of Spring's message broker: it starts late and stops early. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE;
	}

	@Override
	protected void work() throws InterruptedException {
		while (isRunning()) {
			send(this.queue.take());
		}
	}

	private void send(RollEvent event) {
		long missed = this.dropped.getAndSet(0);
		if (missed > 0) {
			logger.warn("{} events were not published, because too many waited; subscribers read them from the store",
					missed);
		}
		try {
			this.messaging.convertAndSend(RollEvent.topicOf(event.rollId()), event);
			this.meters.published(event);
		}
		catch (RuntimeException ex) {
			logger.warn("An event was not published; subscribers read it from the store", ex);
		}
	}

}
