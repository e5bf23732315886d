package rollcall.live;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import rollcall.roll.Subscribers;

import org.springframework.messaging.Message;
import org.springframework.messaging.simp.broker.AbstractSubscriptionRegistry;
import org.springframework.stereotype.Component;
import org.springframework.util.CollectionUtils;
import org.springframework.util.MultiValueMap;

/**
 * The subscriptions of each topic. A topic is an exact name, not a pattern. Spring's own
 * registry searches all sessions for a topic that is not in its cache, and cannot tell
 * whether a topic has subscribers or a subscription has ended.
 */
@Component
class TopicSubscriptions extends AbstractSubscriptionRegistry implements Subscribers {

	/** For each topic and each session, the ids of the subscriptions. */
	private final Map<String, Map<String, List<String>>> topics = new ConcurrentHashMap<>();

	/** For each session and each subscription id, the topic. */
	private final Map<String, Map<String, String>> sessions = new ConcurrentHashMap<>();

	@Override
	public boolean existFor(String topic) {
		return this.topics.containsKey(topic);
	}

	boolean isSubscribed(String session, String subscription) {
		return this.sessions.getOrDefault(session, Map.of()).containsKey(subscription);
	}

	@Override
	protected void addSubscriptionInternal(String session, String subscription, String topic, Message<?> message) {
		String before = this.sessions.computeIfAbsent(session, (key) -> new ConcurrentHashMap<>(1))
			.put(subscription, topic);
		if (before != null) {
			remove(session, subscription, before);
		}
		this.topics.compute(topic, (key, subscribers) -> {
			Map<String, List<String>> all = (subscribers != null) ? subscribers : new ConcurrentHashMap<>(1);
			all.merge(session, List.of(subscription), (ids, id) -> Stream.concat(ids.stream(), id.stream()).toList());
			return all;
		});
	}

	@Override
	protected void removeSubscriptionInternal(String session, String subscription, Message<?> message) {
		Map<String, String> subscriptions = this.sessions.get(session);
		String topic = (subscriptions != null) ? subscriptions.remove(subscription) : null;
		if (topic != null) {
			remove(session, subscription, topic);
		}
	}

	@Override
	public void unregisterAllSubscriptions(String session) {
		Map<String, String> subscriptions = this.sessions.remove(session);
		if (subscriptions != null) {
			subscriptions.forEach((subscription, topic) -> remove(session, subscription, topic));
		}
	}

	/** Returns a live view: iterating over it may or may not show a later change. */
	@Override
	protected MultiValueMap<String, String> findSubscriptionsInternal(String topic, Message<?> message) {
		return CollectionUtils.toMultiValueMap(this.topics.getOrDefault(topic, Map.of()));
	}

	private void remove(String session, String subscription, String topic) {
		this.topics.computeIfPresent(topic, (key, subscribers) -> {
			subscribers.computeIfPresent(session, (id, ids) -> {
				List<String> left = ids.stream().filter((each) -> !each.equals(subscription)).toList();
				return left.isEmpty() ? null : left;
			});
			return subscribers.isEmpty() ? null : subscribers;
		});
	}

}
