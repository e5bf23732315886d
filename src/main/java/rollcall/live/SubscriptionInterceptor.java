package rollcall.live;

import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import rollcall.roll.RollEvent;
import rollcall.roll.Teacher;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;

/**
 * Checks every frame before the broker gets it. A client may only subscribe to the topics
 * of its teacher's rolls. Spring itself refuses a second CONNECT, and frames before the
 * first CONNECT.
 */
class SubscriptionInterceptor implements ChannelInterceptor {

	private static final Pattern ROLL_TOPIC = Pattern.compile(
			Pattern.quote(RollEvent.TOPIC_PREFIX) + "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

	private static final Pattern SUBSCRIPTION_ID = Pattern.compile("[\\x21-\\x7E]{1,64}");

	/** All characters but NUL. The encoder escapes those that would end the header. */
	private static final Pattern RECEIPT = Pattern.compile("[^\\x00]{1,64}", Pattern.DOTALL);

	private static final Pattern HEART_BEAT = Pattern.compile("[0-9]{1,9},[0-9]{1,9}");

	private static final Set<String> VERSIONS = Set.of("1.0", "1.1", "1.2");

	private final BiPredicate<UUID, Teacher> mayWatch;

	SubscriptionInterceptor(BiPredicate<UUID, Teacher> mayWatch) {
		this.mayWatch = mayWatch;
	}

	@Override
	public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
		StompHeaderAccessor frame = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
		if (frame == null) {
			throw refusal();
		}
		SocketState state = SocketState.of(frame.getSessionAttributes());
		if (frame.getCommand() == StompCommand.DISCONNECT) {
			disconnect(frame, state);
			return message;
		}
		if (state.hasLeft()) {
			return null;
		}
		if (!frame.isHeartbeat() && !isAllowed(frame, state)) {
			throw refusal();
		}
		return message;
	}

	private boolean isAllowed(StompHeaderAccessor frame, SocketState state) {
		StompCommand command = frame.getCommand();
		if (command == null) {
			return false;
		}
		return switch (command) {
			case CONNECT, STOMP -> connect(frame, state) && isReceiptAllowed(frame, state);
			case SUBSCRIBE -> isReceiptAllowed(frame, state) && subscribe(frame, state);
			case UNSUBSCRIBE -> isReceiptAllowed(frame, state) && state.unsubscribe(frame.getSubscriptionId());
			default -> false;
		};
	}

	private static boolean connect(StompHeaderAccessor frame, SocketState state) {
		Set<String> versions = frame.getAcceptVersion();
		state.setEscapes(versions.contains("1.1") || versions.contains("1.2"));
		String heartBeat = frame.getFirstNativeHeader(StompHeaderAccessor.STOMP_HEARTBEAT_HEADER);
		return versions.stream().anyMatch(VERSIONS::contains)
				&& (heartBeat == null || HEART_BEAT.matcher(heartBeat).matches());
	}

	private boolean subscribe(StompHeaderAccessor frame, SocketState state) {
		String id = frame.getSubscriptionId();
		String destination = frame.getDestination();
		if (id == null || destination == null || !isReturnable(id, SUBSCRIPTION_ID, state)) {
			return false;
		}
		Matcher topic = ROLL_TOPIC.matcher(destination);
		return topic.matches() && this.mayWatch.test(UUID.fromString(topic.group(1)), state.teacher())
				&& state.subscribe(id);
	}

	/**
	 * Never stops a DISCONNECT: the broker must forget the session in any case. A refused
	 * one is marked, so that Spring answers it with ERROR. Spring also creates a
	 * DISCONNECT when the socket is closed. Only the first one is answered.
	 */
	private static void disconnect(StompHeaderAccessor frame, SocketState state) {
		boolean first = state.leave();
		if (frame.getReceipt() == null) {
			// Without a receipt nothing changes. Spring's own DISCONNECT is immutable.
			return;
		}
		boolean allowed = isReceiptAllowed(frame, state);
		if (first && !allowed) {
			frame.setHeader(DisconnectInterceptor.REFUSED, true);
		}
		if (!first || !allowed) {
			frame.removeNativeHeader(StompHeaderAccessor.STOMP_RECEIPT_HEADER);
		}
	}

	private static boolean isReceiptAllowed(StompHeaderAccessor frame, SocketState state) {
		String receipt = frame.getReceipt();
		return receipt == null || isReturnable(receipt, RECEIPT, state);
	}

	/** Whether the client's version of STOMP can return the value as it was sent. */
	private static boolean isReturnable(String value, Pattern form, SocketState state) {
		return form.matcher(value).matches() && (state.hasEscapes() || StompReplies.needsNoEscape(value));
	}

	private static MessagingException refusal() {
		return new MessagingException("The frame is not allowed");
	}

}
