package rollcall;

import java.nio.charset.StandardCharsets;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Gives the events of one type another type, which no client knows. For the outbound
 * channel of the tested server.
 */
public final class RenamedEvents implements ChannelInterceptor {

	private final String type;

	public RenamedEvents(String type) {
		this.type = "\"type\":\"" + type + "\"";
	}

	@Override
	public Message<?> preSend(Message<?> message, MessageChannel channel) {
		if (message.getPayload() instanceof byte[] body) {
			String event = new String(body, StandardCharsets.UTF_8);
			if (event.contains(this.type)) {
				return MessageBuilder.createMessage(
						event.replace(this.type, "\"type\":\"later\"").getBytes(StandardCharsets.UTF_8),
						message.getHeaders());
			}
		}
		return message;
	}

}
