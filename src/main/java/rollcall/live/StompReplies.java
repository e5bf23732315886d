package rollcall.live;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ExecutorChannelInterceptor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.web.socket.messaging.StompSubProtocolErrorHandler;

/**
 * Answers a frame that has a receipt header with RECEIPT, after the broker has processed
 * it, and a refused frame with ERROR. Both go through the outbound channel, in order with
 * the session's other frames. Every ERROR has the same text, because the text of an
 * exception could reveal details of the server.
 */
class StompReplies extends StompSubProtocolErrorHandler implements ExecutorChannelInterceptor {

	static final String ERROR_TEXT = "Refused: connect, then subscribe to the topic of a roll, /topic/rolls.<rollId>";

	/** Spring itself answers the receipt of DISCONNECT. */
	private static final Set<StompCommand> ANSWERED = EnumSet.of(StompCommand.CONNECT, StompCommand.STOMP,
			StompCommand.SUBSCRIBE, StompCommand.UNSUBSCRIBE);

	/** Characters that no version of STOMP escapes. */
	private static final Pattern UNESCAPED = Pattern.compile("[^\\x00\r\n:\\\\]{1,64}");

	private final Supplier<MessageChannel> outbound;

	private final TopicSubscriptions subscriptions;

	StompReplies(Supplier<MessageChannel> outbound, TopicSubscriptions subscriptions) {
		this.outbound = outbound;
		this.subscriptions = subscriptions;
	}

	/** Whether a header value is written in the same way in every version of STOMP. */
	static boolean needsNoEscape(String value) {
		return UNESCAPED.matcher(value).matches();
	}

	@Override
	public void afterMessageHandled(Message<?> message, MessageChannel channel, MessageHandler handler,
			@Nullable Exception failure) {
		StompHeaderAccessor handled = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
		if (handled == null || failure != null || !(handler instanceof AbstractBrokerMessageHandler)) {
			return;
		}
		StompCommand command = handled.getCommand();
		String session = handled.getSessionId();
		if (command == null || session == null) {
			return;
		}
		if (command == StompCommand.SUBSCRIBE && SocketState.of(handled.getSessionAttributes()).hasLeft()) {
			// The broker may have forgotten the session while the SUBSCRIBE was checked.
			this.subscriptions.unregisterAllSubscriptions(session);
			return;
		}
		String receipt = handled.getReceipt();
		if (ANSWERED.contains(command) && receipt != null) {
			StompHeaderAccessor reply = StompHeaderAccessor.create(StompCommand.RECEIPT);
			reply.setReceiptId(receipt);
			send(session, reply);
		}
	}

	/**
	 * Refuses a frame with an exception, which {@link SocketHandler} answers. Spring
	 * itself would send the ERROR before other frames that wait, and would process the
	 * next frame of the same WebSocket message.
	 */
	@Override
	public Message<byte[]> handleClientMessageProcessingError(@Nullable Message<byte[]> clientMessage,
			Throwable failure) {
		StompHeaderAccessor refused = (clientMessage != null)
				? MessageHeaderAccessor.getAccessor(clientMessage, StompHeaderAccessor.class) : null;
		String receipt = (refused != null) ? refused.getReceipt() : null;
		throw new RefusedFrameException((receipt != null && needsNoEscape(receipt)) ? receipt : null, failure);
	}

	/** Replaces the broker's ERROR by one with the common text. */
	@Override
	public Message<byte[]> handleErrorMessageToClient(Message<byte[]> errorMessage) {
		StompHeaderAccessor error = MessageHeaderAccessor.getAccessor(errorMessage, StompHeaderAccessor.class);
		StompHeaderAccessor reply = error((error != null) ? error.getReceiptId() : null);
		reply.setLeaveMutable(true);
		return MessageBuilder.createMessage(new byte[0], reply.getMessageHeaders());
	}

	/** Sends ERROR. Spring closes the socket after it. */
	void sendError(String session, RefusedFrameException refused) {
		send(session, error(refused.receipt));
	}

	private void send(String session, StompHeaderAccessor reply) {
		reply.setSessionId(session);
		this.outbound.get().send(MessageBuilder.createMessage(new byte[0], reply.getMessageHeaders()));
	}

	private static StompHeaderAccessor error(@Nullable String receipt) {
		StompHeaderAccessor error = StompHeaderAccessor.create(StompCommand.ERROR);
		error.setMessage(ERROR_TEXT);
		if (receipt != null) {
			error.setReceiptId(receipt);
		}
		return error;
	}

	/** Carries the receipt of a refused frame through Spring's handler. */
	static final class RefusedFrameException extends RuntimeException {

		private static final long serialVersionUID = 1;

		/** The receipt that the ERROR names, null if none. */
		private final @Nullable String receipt;

		RefusedFrameException(@Nullable String receipt, Throwable cause) {
			super(cause);
			this.receipt = receipt;
		}

	}

}
