package rollcall.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiPredicate;

import org.junit.jupiter.api.Test;
import rollcall.roll.RollEvent;
import rollcall.roll.Teacher;

import org.springframework.messaging.Message;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ExecutorSubscribableChannel;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/** A session that ends while its SUBSCRIBE is being checked. */
class SubscriptionRaceTests {

	private final String topic = RollEvent.TOPIC_PREFIX + UUID.randomUUID();

	private final TopicSubscriptions subscriptions = new TopicSubscriptions();

	private final ExecutorSubscribableChannel inbound = new ExecutorSubscribableChannel();

	private final ExecutorSubscribableChannel outbound = new ExecutorSubscribableChannel();

	private final Map<String, Object> attributes = new HashMap<>();

	@Test
	void subscriptionOfAnEndedSessionIsNotKept() {
		List<String> replies = start((rollId, teacher) -> {
			this.inbound.send(frame(StompCommand.DISCONNECT));
			return true;
		});
		this.inbound.send(frame(StompCommand.SUBSCRIBE));
		assertThat(this.subscriptions.existFor(this.topic)).isFalse();
		assertThat(replies).doesNotContain("receipt");
	}

	@Test
	void subscriptionOfAnOpenSessionIsKept() {
		List<String> replies = start((rollId, teacher) -> true);
		this.inbound.send(frame(StompCommand.SUBSCRIBE));
		assertThat(this.subscriptions.existFor(this.topic)).isTrue();
		assertThat(replies).contains("receipt");
	}

	/** Starts a broker and collects the receipts that it sends. */
	private List<String> start(BiPredicate<UUID, Teacher> mayWatch) {
		new SocketState(new Teacher("ana", false), null).addTo(this.attributes);
		this.inbound.addInterceptor(new SubscriptionInterceptor(mayWatch));
		this.inbound.addInterceptor(new StompReplies(() -> this.outbound, this.subscriptions));
		SimpleBrokerMessageHandler broker = new SimpleBrokerMessageHandler(this.inbound, this.outbound,
				new ExecutorSubscribableChannel(), List.of("/topic"));
		broker.setSubscriptionRegistry(this.subscriptions);
		broker.start();
		List<String> receipts = new ArrayList<>();
		this.outbound.subscribe((message) -> receipts.add(StompHeaderAccessor.wrap(message).getReceiptId()));
		return receipts;
	}

	private Message<byte[]> frame(StompCommand command) {
		StompHeaderAccessor frame = StompHeaderAccessor.create(command);
		frame.setSessionId("session");
		frame.setSessionAttributes(this.attributes);
		if (command == StompCommand.SUBSCRIBE) {
			frame.setSubscriptionId("0");
			frame.setDestination(this.topic);
			frame.setReceipt("receipt");
		}
		frame.setLeaveMutable(true);
		return MessageBuilder.createMessage(new byte[0], frame.getMessageHeaders());
	}

}
