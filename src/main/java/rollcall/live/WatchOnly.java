package rollcall.live;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.support.ChannelInterceptor;

/**
 * Lets a client watch a roll and do nothing else. What it names is compared as it was
 * sent, because the broker would take {@code *}, {@code ?} and braces for a pattern, and
 * would pass on what a client sends as if it were the server's.
 */
class WatchOnly implements ChannelInterceptor {

	private static final Pattern ROLL_TOPIC = Pattern
		.compile("/topic/rolls\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

	@Override
	public Message<?> preSend(Message<?> message, MessageChannel channel) {
		boolean allowed = switch (typeOf(message)) {
			case CONNECT, HEARTBEAT, UNSUBSCRIBE, DISCONNECT -> true;
			case SUBSCRIBE -> isRollTopic(SimpMessageHeaderAccessor.getDestination(message.getHeaders()));
			default -> false;
		};
		if (!allowed) {
			throw new MessagingException("Refused");
		}
		return message;
	}

	private static SimpMessageType typeOf(Message<?> message) {
		SimpMessageType type = SimpMessageHeaderAccessor.getMessageType(message.getHeaders());
		return (type != null) ? type : SimpMessageType.OTHER;
	}

	private static boolean isRollTopic(@Nullable String destination) {
		return destination != null && ROLL_TOPIC.matcher(destination).matches();
	}

}
