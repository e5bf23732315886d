package rollcall.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import rollcall.roll.Subscribers;

import org.springframework.messaging.Message;
import org.springframework.messaging.simp.broker.AbstractSubscriptionRegistry;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * Who follows which topic. A topic is a name here and no pattern, so that it is looked up
 * and not searched for: Spring's own registry asks every session for each topic that it
 * does not remember, and remembers a thousand.
 */
@Component
class TopicAudience extends AbstractSubscriptionRegistry implements Subscribers {

	private static final MultiValueMap<String, String> NOBODY = new LinkedMultiValueMap<>(0);

	private final Map<String, Followers> topics = new ConcurrentHashMap<>();

	/** Session to subscription to topic. */
	private final Map<String, Map<String, String>> sessions = new ConcurrentHashMap<>();

	@Override
	public boolean follows(String topic) {
		return this.topics.containsKey(topic);
	}

	boolean isSubscribed(String session, String subscription) {
		Map<String, String> subscriptions = this.sessions.get(session);
		return subscriptions != null && subscriptions.containsKey(subscription);
	}

	@Override
	protected void addSubscriptionInternal(String session, String subscription, String topic, Message<?> message) {
		String before = this.sessions.computeIfAbsent(session, (key) -> new ConcurrentHashMap<>())
			.put(subscription, topic);
		if (before != null) {
			remove(session, subscription, before);
		}
		this.topics.compute(topic, (key, followers) -> {
			Followers all = (followers != null) ? followers : new Followers();
			all.add(session, subscription);
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

	@Override
	protected MultiValueMap<String, String> findSubscriptionsInternal(String topic, Message<?> message) {
		Followers followers = this.topics.get(topic);
		return (followers != null) ? followers.all() : NOBODY;
	}

	private void remove(String session, String subscription, String topic) {
		this.topics.computeIfPresent(topic, (key, followers) -> {
			followers.remove(session, subscription);
			return followers.isEmpty() ? null : followers;
		});
	}

	/**
	 * The followers of one topic; what was given out once is not changed any more, for it
	 * is being sent to.
	 */
	private static final class Followers {

		private final Map<String, List<String>> subscriptions = new HashMap<>();

		private @Nullable MultiValueMap<String, String> givenOut;

		synchronized void add(String session, String subscription) {
			this.subscriptions.computeIfAbsent(session, (key) -> new ArrayList<>(1)).add(subscription);
			this.givenOut = null;
		}

		synchronized void remove(String session, String subscription) {
			this.subscriptions.computeIfPresent(session, (key, all) -> {
				all.remove(subscription);
				return all.isEmpty() ? null : all;
			});
			this.givenOut = null;
		}

		synchronized boolean isEmpty() {
			return this.subscriptions.isEmpty();
		}

		synchronized MultiValueMap<String, String> all() {
			MultiValueMap<String, String> all = this.givenOut;
			if (all == null) {
				all = new LinkedMultiValueMap<>(this.subscriptions.size());
				for (Map.Entry<String, List<String>> of : this.subscriptions.entrySet()) {
					all.put(of.getKey(), List.copyOf(of.getValue()));
				}
				this.givenOut = all;
			}
			return all;
		}

	}

}
