package rollcall.live;

import java.security.Principal;
import java.util.List;
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
 * Lets a teacher watch rolls and do nothing else. A destination is compared as it was
 * sent, because a broker may take {@code *}, {@code ?} and braces for a pattern. Each
 * frame is built anew from the headers that are known here, so that no other header
 * reaches the broker.
 */
class WatchOnly implements ChannelInterceptor {

	private static final Pattern ROLL_TOPIC = Pattern.compile(
			Pattern.quote(RollEvent.TOPIC_PREFIX) + "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

	private static final Pattern SUBSCRIPTION_ID = Pattern.compile("[\\x21-\\x7E]{1,64}");

	/** The encoder escapes what would end the header. */
	private static final Pattern RECEIPT = Pattern.compile("[^\\x00]{1,64}", Pattern.DOTALL);

	/** Sent without an escape in every version of STOMP. */
	private static final Pattern PLAIN = Pattern.compile("[^\\x00\r\n:\\\\]{1,64}");

	private static final Pattern HEART_BEAT = Pattern.compile("[0-9]{1,9},[0-9]{1,9}");

	private static final Set<String> VERSIONS = Set.of("1.0", "1.1", "1.2");

	private final RollAccess rolls;

	WatchOnly(RollAccess rolls) {
		this.rolls = rolls;
	}

	@Override
	public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
		StompHeaderAccessor sent = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
		if (sent == null) {
			throw refusal();
		}
		StompCommand command = sent.getCommand();
		if (watcher(sent).hasLeft() && command != StompCommand.DISCONNECT) {
			return null;
		}
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
		List<String> versions = sent.getAcceptVersion().stream().filter(VERSIONS::contains).toList();
		if (versions.isEmpty() || !watcher(sent).connect(!versions.equals(List.of("1.0")))) {
			throw refusal();
		}
		StompHeaderAccessor known = withReceipt(sent, StompHeaderAccessor.create(StompCommand.CONNECT));
		known.setAcceptVersion(String.join(",", versions));
		String heartBeat = sent.getFirstNativeHeader(StompHeaderAccessor.STOMP_HEARTBEAT_HEADER);
		if (heartBeat != null) {
			require(heartBeat, HEART_BEAT);
			known.setNativeHeader(StompHeaderAccessor.STOMP_HEARTBEAT_HEADER, heartBeat);
		}
		known.setHeader(SimpMessageHeaderAccessor.HEART_BEAT_HEADER, known.getHeartbeat());
		return rebuilt(sent, known);
	}

	private Message<?> subscribe(StompHeaderAccessor sent) {
		String id = requireCarried(sent, sent.getSubscriptionId(), SUBSCRIPTION_ID);
		String destination = require(sent.getDestination(), ROLL_TOPIC);
		Matcher topic = ROLL_TOPIC.matcher(destination);
		Watcher watcher = watcher(sent);
		if (!topic.matches() || !watcher.isConnected()
				|| !this.rolls.mayWatch(UUID.fromString(topic.group(1)), watcher.teacher()) || !watcher.subscribe(id)) {
			throw refusal();
		}
		StompHeaderAccessor known = withReceipt(sent, StompHeaderAccessor.create(StompCommand.SUBSCRIBE));
		known.setSubscriptionId(id);
		known.setDestination(destination);
		return rebuilt(sent, known);
	}

	private static Message<?> unsubscribe(StompHeaderAccessor sent) {
		String id = require(sent.getSubscriptionId(), SUBSCRIPTION_ID);
		if (!watcher(sent).unsubscribe(id)) {
			throw refusal();
		}
		StompHeaderAccessor known = withReceipt(sent, StompHeaderAccessor.create(StompCommand.UNSUBSCRIBE));
		known.setSubscriptionId(id);
		return rebuilt(sent, known);
	}

	/**
	 * Every DISCONNECT goes on, because the broker forgets the session by it, and because
	 * Spring hands one that is refused here to the broker as it came. Spring makes one
	 * itself when the socket is gone. A second one of a client is not answered.
	 */
	private static Message<?> disconnect(StompHeaderAccessor sent) {
		StompHeaderAccessor known = StompHeaderAccessor.create(StompCommand.DISCONNECT);
		String receipt = sent.getReceipt();
		if (watcher(sent).leave() && receipt != null) {
			if (isCarried(sent, receipt, RECEIPT)) {
				known.setReceipt(receipt);
			}
			else {
				known.setHeader(Departures.REFUSED, true);
			}
		}
		return rebuilt(sent, known);
	}

	private static StompHeaderAccessor withReceipt(StompHeaderAccessor sent, StompHeaderAccessor known) {
		String receipt = sent.getReceipt();
		if (receipt != null) {
			known.setReceipt(requireCarried(sent, receipt, RECEIPT));
		}
		return known;
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

	private static String requireCarried(StompHeaderAccessor sent, @Nullable String value, Pattern form) {
		String required = require(value, form);
		if (!isCarried(sent, required, form)) {
			throw refusal();
		}
		return required;
	}

	/** Whether the client's version of STOMP can carry the value back as it was sent. */
	private static boolean isCarried(StompHeaderAccessor sent, String value, Pattern form) {
		return form.matcher(value).matches() && (watcher(sent).isEscaping() || isPlain(value));
	}

	/** Whether a value looks the same in every version of STOMP. */
	static boolean isPlain(@Nullable String value) {
		return value != null && PLAIN.matcher(value).matches();
	}

	private static Message<?> refuse() {
		throw refusal();
	}

	private static MessagingException refusal() {
		return new MessagingException("Refused");
	}

	/** Tells whether a teacher may follow a roll. */
	@FunctionalInterface
	interface RollAccess {

		boolean mayWatch(UUID rollId, Teacher teacher);

	}

}
