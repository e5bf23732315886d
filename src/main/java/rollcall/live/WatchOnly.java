package rollcall.live;

import java.security.Principal;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import rollcall.roll.RollEvent;
import rollcall.roll.Teacher;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.MessageHeaderAccessor;

/**
 * Lets a teacher watch rolls and do nothing else. What a client names is compared as it
 * was sent, because the broker would take {@code *}, {@code ?} and braces for a pattern;
 * and what goes on is built anew, so that a header which nobody here has thought of
 * reaches no broker.
 */
class WatchOnly implements ChannelInterceptor {

	private static final Pattern ROLL_TOPIC = Pattern.compile(
			Pattern.quote(RollEvent.TOPIC_PREFIX) + "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

	private static final Pattern SUBSCRIPTION_ID = Pattern.compile("[\\x21-\\x7E]{1,64}");

	private static final Pattern RECEIPT = SUBSCRIPTION_ID;

	private static final Pattern HEART_BEAT = Pattern.compile("[0-9]{1,9},[0-9]{1,9}");

	private static final Set<String> VERSIONS = Set.of("1.0", "1.1", "1.2");

	private final RollAccess rolls;

	WatchOnly(RollAccess rolls) {
		this.rolls = rolls;
	}

	@Override
	public Message<?> preSend(Message<?> message, MessageChannel channel) {
		StompHeaderAccessor sent = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
		if (sent == null) {
			throw refusal();
		}
		StompCommand command = sent.getCommand();
		if (command == null) {
			return watcher(sent).isConnected() ? rebuilt(sent, StompHeaderAccessor.createForHeartbeat()) : refuse();
		}
		return switch (command) {
			case CONNECT, STOMP -> connect(sent);
			case SUBSCRIBE -> subscribe(sent);
			case UNSUBSCRIBE -> unsubscribe(sent);
			case DISCONNECT -> disconnect(sent);
			default -> throw refusal();
		};
	}

	private static Message<?> connect(StompHeaderAccessor sent) {
		if (sent.getAcceptVersion().stream().noneMatch(VERSIONS::contains) || !watcher(sent).connect()) {
			throw refusal();
		}
		StompHeaderAccessor known = StompHeaderAccessor.create(StompCommand.CONNECT);
		known.setAcceptVersion(String.join(",", sent.getAcceptVersion().stream().filter(VERSIONS::contains).toList()));
		String heartBeat = sent.getFirstNativeHeader(StompHeaderAccessor.STOMP_HEARTBEAT_HEADER);
		if (heartBeat != null) {
			require(heartBeat, HEART_BEAT);
			known.setNativeHeader(StompHeaderAccessor.STOMP_HEARTBEAT_HEADER, heartBeat);
		}
		known.setHeader(SimpMessageHeaderAccessor.HEART_BEAT_HEADER, known.getHeartbeat());
		return rebuilt(sent, known);
	}

	private Message<?> subscribe(StompHeaderAccessor sent) {
		String id = require(sent.getSubscriptionId(), SUBSCRIPTION_ID);
		String destination = require(sent.getDestination(), ROLL_TOPIC);
		Matcher topic = ROLL_TOPIC.matcher(destination);
		Watcher watcher = watcher(sent);
		if (!topic.matches() || !watcher.isConnected()
				|| !this.rolls.mayWatch(UUID.fromString(topic.group(1)), watcher.teacher()) || !watcher.subscribe(id)) {
			throw refusal();
		}
		StompHeaderAccessor known = StompHeaderAccessor.create(StompCommand.SUBSCRIBE);
		known.setSubscriptionId(id);
		known.setDestination(destination);
		return rebuilt(sent, known);
	}

	private static Message<?> unsubscribe(StompHeaderAccessor sent) {
		String id = require(sent.getSubscriptionId(), SUBSCRIPTION_ID);
		if (!watcher(sent).unsubscribe(id)) {
			throw refusal();
		}
		StompHeaderAccessor known = StompHeaderAccessor.create(StompCommand.UNSUBSCRIBE);
		known.setSubscriptionId(id);
		return rebuilt(sent, known);
	}

	/** Spring sends one itself when the socket is gone: it always passes. */
	private static Message<?> disconnect(StompHeaderAccessor sent) {
		StompHeaderAccessor known = StompHeaderAccessor.create(StompCommand.DISCONNECT);
		String receipt = sent.getReceipt();
		if (receipt != null && RECEIPT.matcher(receipt).matches()) {
			known.setReceipt(receipt);
		}
		return rebuilt(sent, known);
	}

	private static Message<?> rebuilt(StompHeaderAccessor sent, StompHeaderAccessor known) {
		known.setSessionId(sent.getSessionId());
		Map<String, Object> attributes = sent.getSessionAttributes();
		if (attributes != null) {
			known.setSessionAttributes(attributes);
		}
		Principal user = sent.getUser();
		if (user != null) {
			known.setUser(user);
		}
		return MessageBuilder.createMessage(new byte[0], known.getMessageHeaders());
	}

	private static Watcher watcher(StompHeaderAccessor sent) {
		Map<String, Object> attributes = sent.getSessionAttributes();
		if (attributes != null && attributes.get(Watcher.ATTRIBUTE) instanceof Watcher watcher) {
			return watcher;
		}
		throw refusal();
	}

	private static String require(@Nullable String value, Pattern form) {
		if (value == null || !form.matcher(value).matches()) {
			throw refusal();
		}
		return value;
	}

	private static Message<?> refuse() {
		throw refusal();
	}

	private static MessagingException refusal() {
		return new MessagingException("Refused");
	}

	/** Whose a roll is. */
	@FunctionalInterface
	interface RollAccess {

		boolean mayWatch(UUID rollId, Teacher teacher);

	}

}
