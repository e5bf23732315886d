package rollcall.live;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ExecutorChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.CloseStatus;

/**
 * Closes the socket with 1000 after a DISCONNECT, unless the client closes it first, and
 * drops events of subscriptions that have ended. Spring would answer a DISCONNECT without
 * a receipt with ERROR and 1002, and keep the socket open after one with a receipt.
 */
class DisconnectInterceptor implements ExecutorChannelInterceptor {

	/** Marks a refused DISCONNECT, which Spring answers with ERROR and 1002. */
	static final String REFUSED = "rollcall.refused";

	/**
	 * How long the server waits for the client to close first. Many clients close the
	 * socket right after DISCONNECT. If both sides close at the same moment, Tomcat may
	 * end the connection before it has sent its close frame, and the client sees a
	 * failure.
	 */
	private static final Duration CLIENT_CLOSES_WITHIN = Duration.ofMillis(200);

	private final OpenSockets sockets;

	private final TopicSubscriptions subscriptions;

	private final TaskScheduler scheduler;

	DisconnectInterceptor(OpenSockets sockets, TopicSubscriptions subscriptions, TaskScheduler scheduler) {
		this.sockets = sockets;
		this.subscriptions = subscriptions;
		this.scheduler = scheduler;
	}

	@Override
	public @Nullable Message<?> beforeHandle(Message<?> message, MessageChannel channel, MessageHandler handler) {
		MessageHeaders headers = message.getHeaders();
		if (SimpMessageHeaderAccessor.getMessageType(headers) == SimpMessageType.MESSAGE) {
			return isOfEndedSubscription(headers) ? null : message;
		}
		StompHeaderAccessor disconnect = disconnect(headers);
		if (disconnect != null && disconnect.getReceipt() == null) {
			close(headers);
			return null;
		}
		return message;
	}

	@Override
	public void afterMessageHandled(Message<?> message, MessageChannel channel, MessageHandler handler,
			@Nullable Exception failure) {
		if (disconnect(message.getHeaders()) != null) {
			close(message.getHeaders());
		}
	}

	private boolean isOfEndedSubscription(MessageHeaders headers) {
		String session = SimpMessageHeaderAccessor.getSessionId(headers);
		String subscription = SimpMessageHeaderAccessor.getSubscriptionId(headers);
		return session != null && subscription != null && !this.subscriptions.isSubscribed(session, subscription);
	}

	/**
	 * Finds the client's DISCONNECT that the broker has processed. Returns null for any
	 * other message, and if the broker ended the session because heart-beats were
	 * missing.
	 */
	private static @Nullable StompHeaderAccessor disconnect(MessageHeaders headers) {
		return (SimpMessageHeaderAccessor.getMessageType(headers) == SimpMessageType.DISCONNECT_ACK
				&& headers.get(SimpMessageHeaderAccessor.DISCONNECT_MESSAGE_HEADER) instanceof Message<?> disconnect
				&& !disconnect.getHeaders().containsKey(REFUSED))
						? MessageHeaderAccessor.getAccessor(disconnect, StompHeaderAccessor.class) : null;
	}

	private void close(MessageHeaders headers) {
		String session = SimpMessageHeaderAccessor.getSessionId(headers);
		if (session != null) {
			this.scheduler.schedule(() -> this.sockets.close(session, CloseStatus.NORMAL),
					this.scheduler.getClock().instant().plus(CLIENT_CLOSES_WITHIN));
		}
	}

}
