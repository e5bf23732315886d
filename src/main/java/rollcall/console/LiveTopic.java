package rollcall.console;

import java.lang.reflect.Type;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import rollcall.roll.RollEvent;

import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;

/**
 * A subscription to a roll's topic, with Spring's STOMP client but without a Spring
 * context. If the connection is lost, it reconnects until it is closed.
 */
final class LiveTopic implements AutoCloseable {

	private static final long HEART_BEAT_MILLIS = 10_000;

	private static final long CONNECT_TIMEOUT_SECONDS = 10;

	/** Servers of older versions send no receipt. */
	private static final long RECEIPT_MILLIS = 3_000;

	private static final long FIRST_PAUSE_MILLIS = 500;

	private static final long LONGEST_PAUSE_MILLIS = 8_000;

	private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

	private final WebSocketStompClient client = new WebSocketStompClient(new StandardWebSocketClient());

	private final URI endpoint;

	private final WebSocketHttpHeaders headers = new WebSocketHttpHeaders();

	private final AtomicInteger failures = new AtomicInteger();

	/**
	 * A client of one server's topics.
	 * @param endpoint the WebSocket address of the server
	 * @param headers sent with every handshake
	 */
	LiveTopic(URI endpoint, Map<String, String> headers) {
		this.endpoint = endpoint;
		headers.forEach(this.headers::set);
		this.scheduler.setDaemon(true);
		this.scheduler.setThreadNamePrefix("live-topic-");
		this.scheduler.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
		this.scheduler.initialize();
		this.client.setTaskScheduler(this.scheduler);
		this.client.setReceiptTimeLimit(RECEIPT_MILLIS);
		this.client.setDefaultHeartbeat(new long[] { HEART_BEAT_MILLIS, HEART_BEAT_MILLIS });
	}

	/** Connects and subscribes, also again after each lost connection. */
	void subscribe(String destination, Listener listener) {
		Connection connection = new Connection(destination, listener);
		this.client.connectAsync(this.endpoint, this.headers, new StompHeaders(), connection)
			.orTimeout(CONNECT_TIMEOUT_SECONDS, TimeUnit.SECONDS)
			.whenComplete((connected, failure) -> {
				if (failure != null) {
					connection.lost();
				}
			});
	}

	private void subscribeLater(String destination, Listener listener) {
		Future<?> unused = this.scheduler.getScheduledExecutor()
			.schedule(() -> subscribe(destination, listener), pauseMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * The pause before the next attempt. It doubles up to a limit. It is random, so that
	 * many consoles do not reconnect at the same time.
	 */
	private long pauseMillis() {
		int doublings = Math.min(this.failures.getAndIncrement(), 10);
		long pause = Math.min(FIRST_PAUSE_MILLIS << doublings, LONGEST_PAUSE_MILLIS);
		return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
	}

	@Override
	public void close() {
		this.client.stop();
		this.scheduler.shutdown();
	}

	/** Called from the threads of the socket. */
	interface Listener {

		/** The subscription is in effect, or the server sends no receipt for it. */
		void subscribed();

		/** An event arrived, in the order in which the server sent it. */
		void received(RollEvent event);

		/** The connection is lost. The topic connects again. */
		void lost();

	}

	/** One connection with one subscription. Its loss is reported once. */
	private final class Connection extends StompSessionHandlerAdapter {

		private final String destination;

		private final Listener listener;

		private boolean over;

		Connection(String destination, Listener listener) {
			this.destination = destination;
			this.listener = listener;
		}

		@Override
		public void afterConnected(StompSession session, StompHeaders connectedHeaders) {
			if (isOver()) {
				session.disconnect();
				return;
			}
			StompHeaders headers = new StompHeaders();
			headers.setDestination(this.destination);
			headers.setReceipt("subscribed");
			StompSession.Subscription subscription = session.subscribe(headers, new Events(this.listener));
			subscription.addReceiptTask(this::subscribed);
			subscription.addReceiptLostTask(this::subscribed);
		}

		private synchronized void subscribed() {
			if (!this.over) {
				LiveTopic.this.failures.set(0);
				this.listener.subscribed();
			}
		}

		/** Whether this connection is lost or was given up. */
		private synchronized boolean isOver() {
			return this.over;
		}

		/** Called for frames outside a subscription, which are ERROR frames. */
		@Override
		public void handleFrame(StompHeaders headers, @Nullable Object payload) {
			lost();
		}

		@Override
		public void handleException(StompSession session, @Nullable StompCommand command, StompHeaders headers,
				byte[] payload, Throwable exception) {
			session.disconnect();
			lost();
		}

		@Override
		public void handleTransportError(StompSession session, Throwable exception) {
			lost();
		}

		synchronized void lost() {
			if (!this.over) {
				this.over = true;
				subscribeLater(this.destination, this.listener);
				this.listener.lost();
			}
		}

	}

	/** Reads events from the bytes of MESSAGE frames. */
	private record Events(Listener listener) implements StompFrameHandler {

		@Override
		public Type getPayloadType(StompHeaders headers) {
			return byte[].class;
		}

		@Override
		public void handleFrame(StompHeaders headers, @Nullable Object payload) {
			if (payload instanceof byte[] json) {
				this.listener.received(Json.read(json, RollEvent.class));
			}
		}

	}

}
