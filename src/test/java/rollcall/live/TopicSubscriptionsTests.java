package rollcall.live;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

class TopicSubscriptionsTests {

	private static final String TOPIC = "/topic/rolls.1";

	private final TopicSubscriptions subscriptions = new TopicSubscriptions();

	@Test
	void findsTheSubscriptionsOfATopic() {
		subscribe("ana", "0", TOPIC);
		subscribe("ana", "1", TOPIC);
		subscribe("rui", "0", TOPIC);
		subscribe("rui", "1", "/topic/rolls.2");
		assertThat(subscribers(TOPIC)).isEqualTo(Map.of("ana", List.of("0", "1"), "rui", List.of("0")));
		assertThat(subscribers("/topic/rolls.3")).isEmpty();
		assertThat(this.subscriptions.existFor(TOPIC)).isTrue();
		assertThat(this.subscriptions.existFor("/topic/rolls.3")).isFalse();
	}

	@Test
	void topicWithoutSubscriptionsIsRemoved() {
		subscribe("ana", "0", TOPIC);
		subscribe("rui", "0", TOPIC);
		this.subscriptions.unregisterSubscription(message(SimpMessageType.UNSUBSCRIBE, "ana", "0", null));
		assertThat(subscribers(TOPIC)).isEqualTo(Map.of("rui", List.of("0")));
		assertThat(this.subscriptions.isSubscribed("ana", "0")).isFalse();
		assertThat(this.subscriptions.isSubscribed("rui", "0")).isTrue();
		this.subscriptions.unregisterAllSubscriptions("rui");
		this.subscriptions.unregisterAllSubscriptions("rui");
		assertThat(this.subscriptions.isSubscribed("rui", "0")).isFalse();
		this.subscriptions.unregisterSubscription(message(SimpMessageType.UNSUBSCRIBE, "ana", "0", null));
		assertThat(subscribers(TOPIC)).isEmpty();
		assertThat(this.subscriptions.existFor(TOPIC)).isFalse();
	}

	@Test
	void reusedSubscriptionIdFollowsTheNewTopic() {
		subscribe("ana", "0", TOPIC);
		subscribe("ana", "0", "/topic/rolls.2");
		assertThat(this.subscriptions.existFor(TOPIC)).isFalse();
		assertThat(subscribers("/topic/rolls.2")).isEqualTo(Map.of("ana", List.of("0")));
	}

	@Test
	void repeatedSubscriptionCountsOnce() {
		subscribe("ana", "0", TOPIC);
		subscribe("ana", "0", TOPIC);
		assertThat(subscribers(TOPIC)).isEqualTo(Map.of("ana", List.of("0")));
	}

	@Test
	void topicIsNoPattern() {
		subscribe("ana", "0", "/topic/**");
		assertThat(subscribers(TOPIC)).isEmpty();
	}

	@Test
	void subscriptionsMayChangeWhileAnEventIsSent() {
		subscribe("ana", "0", TOPIC);
		subscribe("rui", "0", TOPIC);
		subscribers(TOPIC).forEach((session, ids) -> {
			this.subscriptions.unregisterAllSubscriptions(session);
			subscribe("eva-" + session, "0", "/topic/rolls.2");
		});
		assertThat(subscribers(TOPIC)).isEmpty();
		assertThat(subscribers("/topic/rolls.2")).hasSize(2);
	}

	private void subscribe(String session, String subscription, String topic) {
		this.subscriptions.registerSubscription(message(SimpMessageType.SUBSCRIBE, session, subscription, topic));
	}

	private MultiValueMap<String, String> subscribers(String topic) {
		return this.subscriptions.findSubscriptions(message(SimpMessageType.MESSAGE, null, null, topic));
	}

	private static Message<?> message(SimpMessageType type, String session, String subscription, String topic) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(type);
		headers.setSessionId(session);
		headers.setSubscriptionId(subscription);
		headers.setDestination(topic);
		return MessageBuilder.createMessage("", headers.getMessageHeaders());
	}

}
