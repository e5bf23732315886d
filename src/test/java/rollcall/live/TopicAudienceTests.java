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

class TopicAudienceTests {

	private static final String TOPIC = "/topic/rolls.1";

	private final TopicAudience audience = new TopicAudience();

	@Test
	void tellsWhoFollows() {
		subscribe("ana", "0", TOPIC);
		subscribe("ana", "1", TOPIC);
		subscribe("rui", "0", TOPIC);
		subscribe("rui", "1", "/topic/rolls.2");
		assertThat(followers(TOPIC)).isEqualTo(Map.of("ana", List.of("0", "1"), "rui", List.of("0")));
		assertThat(followers("/topic/rolls.3")).isEmpty();
		assertThat(this.audience.follows(TOPIC)).isTrue();
		assertThat(this.audience.follows("/topic/rolls.3")).isFalse();
	}

	@Test
	void nobodyIsLeftWhenAllHaveGone() {
		subscribe("ana", "0", TOPIC);
		subscribe("rui", "0", TOPIC);
		this.audience.unregisterSubscription(message(SimpMessageType.UNSUBSCRIBE, "ana", "0", null));
		assertThat(followers(TOPIC)).isEqualTo(Map.of("rui", List.of("0")));
		assertThat(this.audience.isSubscribed("ana", "0")).isFalse();
		assertThat(this.audience.isSubscribed("rui", "0")).isTrue();
		this.audience.unregisterAllSubscriptions("rui");
		this.audience.unregisterAllSubscriptions("rui");
		assertThat(this.audience.isSubscribed("rui", "0")).isFalse();
		this.audience.unregisterSubscription(message(SimpMessageType.UNSUBSCRIBE, "ana", "0", null));
		assertThat(followers(TOPIC)).isEmpty();
		assertThat(this.audience.follows(TOPIC)).isFalse();
	}

	@Test
	void subscriptionThatIsUsedAgainFollowsTheOtherTopic() {
		subscribe("ana", "0", TOPIC);
		subscribe("ana", "0", "/topic/rolls.2");
		assertThat(this.audience.follows(TOPIC)).isFalse();
		assertThat(followers("/topic/rolls.2")).isEqualTo(Map.of("ana", List.of("0")));
	}

	@Test
	void subscriptionToTheSameTopicTwiceIsOne() {
		subscribe("ana", "0", TOPIC);
		subscribe("ana", "0", TOPIC);
		assertThat(followers(TOPIC)).isEqualTo(Map.of("ana", List.of("0")));
	}

	@Test
	void topicIsAName() {
		subscribe("ana", "0", "/topic/**");
		assertThat(followers(TOPIC)).isEmpty();
	}

	@Test
	void whatIsBeingSentToIsNotChanged() {
		subscribe("ana", "0", TOPIC);
		MultiValueMap<String, String> sending = followers(TOPIC);
		subscribe("rui", "0", TOPIC);
		this.audience.unregisterAllSubscriptions("ana");
		assertThat(sending).isEqualTo(Map.of("ana", List.of("0")));
	}

	private void subscribe(String session, String subscription, String topic) {
		this.audience.registerSubscription(message(SimpMessageType.SUBSCRIBE, session, subscription, topic));
	}

	private MultiValueMap<String, String> followers(String topic) {
		return this.audience.findSubscriptions(message(SimpMessageType.MESSAGE, null, null, topic));
	}

	private static Message<?> message(SimpMessageType type, String session, String subscription, String topic) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(type);
		headers.setSessionId(session);
		headers.setSubscriptionId(subscription);
		headers.setDestination(topic);
		return MessageBuilder.createMessage("", headers.getMessageHeaders());
	}

}
