package rollcall.live;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.web.socket.messaging.StompSubProtocolErrorHandler;

/**
 * Gives every ERROR frame the same text: the text of an exception would tell a stranger
 * about the inside of the server. The ERROR of a refused frame is sent by
 * {@link BoundedHandler}.
 */
class FixedErrors extends StompSubProtocolErrorHandler {

	static final String TEXT = "Refused: connect, then subscribe to the topic of a roll, /topic/rolls.<rollId>";

	@Override
	public Message<byte[]> handleClientMessageProcessingError(@Nullable Message<byte[]> clientMessage,
			Throwable failure) {
		StompHeaderAccessor refused = (clientMessage != null)
				? MessageHeaderAccessor.getAccessor(clientMessage, StompHeaderAccessor.class) : null;
		String receipt = (refused != null) ? refused.getReceipt() : null;
		throw new RefusedFrameException(WatchOnly.isPlain(receipt) ? receipt : null, failure);
	}

	/** Also for an ERROR that the broker makes. */
	@Override
	public Message<byte[]> handleErrorMessageToClient(Message<byte[]> errorMessage) {
		StompHeaderAccessor made = MessageHeaderAccessor.getAccessor(errorMessage, StompHeaderAccessor.class);
		StompHeaderAccessor fixed = error((made != null) ? made.getReceiptId() : null);
		fixed.setLeaveMutable(true);
		return MessageBuilder.createMessage(new byte[0], fixed.getMessageHeaders());
	}

	static StompHeaderAccessor error(@Nullable String receipt) {
		StompHeaderAccessor error = StompHeaderAccessor.create(StompCommand.ERROR);
		error.setMessage(TEXT);
		if (receipt != null) {
			error.setReceiptId(receipt);
		}
		return error;
	}

}
