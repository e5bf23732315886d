package rollcall.live;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.web.socket.messaging.StompSubProtocolErrorHandler;

/**
 * Gives every ERROR frame the same text: an exception's would tell a stranger about the
 * server's inside.
 */
class FixedErrors extends StompSubProtocolErrorHandler {

	static final String TEXT = "Refused: connect, then subscribe to the topic of a roll, /topic/rolls.<rollId>";

	@Override
	public Message<byte[]> handleClientMessageProcessingError(@Nullable Message<byte[]> clientMessage,
			Throwable failure) {
		return error();
	}

	@Override
	public Message<byte[]> handleErrorMessageToClient(Message<byte[]> errorMessage) {
		return error();
	}

	private static Message<byte[]> error() {
		StompHeaderAccessor headers = StompHeaderAccessor.create(StompCommand.ERROR);
		headers.setMessage(TEXT);
		headers.setLeaveMutable(true);
		return MessageBuilder.createMessage(new byte[0], headers.getMessageHeaders());
	}

}
