package rollcall.console;

import java.lang.reflect.Type;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;

import rollcall.roll.RollEvent;

/**
 * The STOMP side of a roll: Spring's client without a context. Each connection reports
 * its loss once; the follower connects again.
 */
final class LiveTopic implements AutoCloseable {

	private static final long HEART_BEAT_MILLIS = 10_000;

	private static final long CONNECT_TIMEOUT_SECONDS = 10;

	/** A server of an older version sends no receipt. */
	private static final long RECEIPT_MILLIS = 3_000;

	private final ThreadPoolTaskScheduler heartBeats = new ThreadPoolTaskScheduler();

	private final WebSocketStompClient client = new WebSocketStompClient(new StandardWebSocketClient());

	private final URI endpoint;

	private final WebSocketHttpHeaders headers = new WebSocketHttpHeaders();

	/**
	 * A client of one server's topics.
	 * @param endpoint its WebSocket address
	 * @param headers sent with every upgrade
	 */
	LiveTopic(URI endpoint, Map<String, String> headers) {
		this.endpoint = endpoint;
		headers.forEach(this.headers::set);
		this.heartBeats.setDaemon(true);
		this.heartBeats.setThreadNamePrefix("heart-beat-");
		this.heartBeats.initialize();
		this.client.setTaskScheduler(this.heartBeats);
		this.client.setReceiptTimeLimit(RECEIPT_MILLIS);
		this.client.setDefaultHeartbeat(new long[] { HEART_BEAT_MILLIS, HEART_BEAT_MILLIS });
	}

	/** Connects and subscribes; the listener hears of everything that follows. */
	void connect(String topic, Listener listener) {
		Session session = new Session(topic, listener);
		this.client.connectAsync(this.endpoint, this.headers, new StompHeaders(), session)
			.orTimeout(CONNECT_TIMEOUT_SECONDS, TimeUnit.SECONDS)
			.whenComplete((connected, failure) -> {
				if (failure != null) {
					session.lost();
				}
			});
	}

	@Override
	public void close() {
		this.client.stop();
		this.heartBeats.shutdown();
	}

	/** Hears of one connection; the calls come from the threads of the socket. */
	interface Listener {

		/** The subscription is in effect, or the server tells nothing of that. */
		void subscribed();

		void received(RollEvent event);

		void lost();

	}

	/** One connection and its one subscription. */
	private static final class Session extends StompSessionHandlerAdapter {

		private final String topic;

		private final Listener listener;

		private boolean over;

		Session(String topic, Listener listener) {
			this.topic = topic;
			this.listener = listener;
		}

		@Override
		public void afterConnected(StompSession session, StompHeaders connectedHeaders) {
			if (isOver()) {
				session.disconnect();
				return;
			}
			StompHeaders headers = new StompHeaders();
			headers.setDestination(this.topic);
			headers.setReceipt("subscribed");
			StompSession.Subscription subscription = session.subscribe(headers, new Events(this.listener));
			subscription.addReceiptTask(this::subscribed);
			subscription.addReceiptLostTask(this::subscribed);
		}

		private synchronized void subscribed() {
			if (!this.over) {
				this.listener.subscribed();
			}
		}

		/** Too late: the follower has given this connection up. */
		private synchronized boolean isOver() {
			return this.over;
		}

		/** Outside a subscription the server sends nothing but errors. */
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
				this.listener.lost();
			}
		}

	}

	/** Takes the bytes as they come and reads the contract's event from them. */
	private record Events(Listener listener) implements StompFrameHandler {

		@Override
		public Type getPayloadType(StompHeaders headers) {
			return byte[].class;
		}

		@Override
		public void handleFrame(StompHeaders headers, @Nullable Object payload) {
			if (payload instanceof byte[] json) {
				this.listener.received(Contract.rollEvent(json));
			}
		}

	}

}
