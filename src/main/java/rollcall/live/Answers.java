package rollcall.live;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

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

/**
 * Answers a frame that has a receipt header with RECEIPT, after the broker has processed
 * it, and a refused frame with ERROR. Both take the way of all other frames of their
 * session, so that they stay in order.
 */
class Answers implements ExecutorChannelInterceptor {

	/** Spring itself answers the receipt of DISCONNECT. */
	private static final Set<StompCommand> ANSWERED = EnumSet.of(StompCommand.CONNECT, StompCommand.SUBSCRIBE,
			StompCommand.UNSUBSCRIBE);

	private final Supplier<MessageChannel> outbound;

	Answers(Supplier<MessageChannel> outbound) {
		this.outbound = outbound;
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
		String receipt = handled.getReceipt();
		if (command != null && ANSWERED.contains(command) && session != null && receipt != null) {
			StompHeaderAccessor answer = StompHeaderAccessor.create(StompCommand.RECEIPT);
			answer.setReceiptId(receipt);
			send(session, answer);
		}
	}

	/** Spring closes the socket after the ERROR is sent. */
	void error(String session, @Nullable String receipt) {
		send(session, FixedErrors.error(receipt));
	}

	private void send(String session, StompHeaderAccessor answer) {
		answer.setSessionId(session);
		this.outbound.get().send(MessageBuilder.createMessage(new byte[0], answer.getMessageHeaders()));
	}

}
