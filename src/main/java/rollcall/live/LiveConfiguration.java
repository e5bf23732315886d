package rollcall.live;

import rollcall.problem.Problems;
import rollcall.roll.RollCallService;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/**
 * STOMP at {@code /ws}, from the server to who watches and in no other direction.
 */
@Configuration
@EnableWebSocketMessageBroker
class LiveConfiguration implements WebSocketMessageBrokerConfigurer {

	/**
	 * What a watcher sends fits easily; Spring's decoder of partial frames is quadratic
	 * in this.
	 */
	private static final int MAX_FRAME_BYTES = 4_096;

	/** What waits for one slow watcher: about 2,000 events. */
	private static final int SEND_BUFFER_BYTES = 512 * 1_024;

	private static final int SEND_TIME_LIMIT_MS = 10_000;

	private static final int FIRST_FRAME_WITHIN_MS = 10_000;

	private static final long HEARTBEAT_MS = 10_000;

	/**
	 * A watcher without heart-beats whose roll is silent for as long as this is taken for
	 * dead.
	 */
	private static final long IDLE_TIMEOUT_MS = 600_000;

	/** Nothing on them ever waits for a socket. */
	private static final int THREADS = 2;

	/**
	 * Frames that wait to be encoded; one thousand watchers of one busy roll are bridged
	 * for about a second.
	 */
	private static final int QUEUE_CAPACITY = 1_000_000;

	private final Problems problems;

	private final OpenSockets sockets;

	private final ObjectProvider<RollCallService> rolls;

	/**
	 * The roll publishes through what is configured here: it is asked for when it is
	 * there.
	 */
	LiveConfiguration(Problems problems, OpenSockets sockets, ObjectProvider<RollCallService> rolls) {
		this.problems = problems;
		this.sockets = sockets;
		this.rolls = rolls;
	}

	@Override
	public void registerStompEndpoints(StompEndpointRegistry registry) {
		// Not a door left open: rollcall.access has compared the origin, with a rule that
		// knows proxies and rebound names.
		registry.addEndpoint("/ws")
			.setAllowedOriginPatterns("*")
			.setHandshakeHandler(new PlainHandshakeHandler())
			.addInterceptors(new HandshakeProblems(this.problems), new TeacherHandshake());
		registry.setErrorHandler(new FixedErrors());
	}

	@Override
	public void configureWebSocketTransport(WebSocketTransportRegistration registration) {
		registration.setMessageSizeLimit(MAX_FRAME_BYTES)
			.setSendBufferSizeLimit(SEND_BUFFER_BYTES)
			.setSendTimeLimit(SEND_TIME_LIMIT_MS)
			.setTimeToFirstMessage(FIRST_FRAME_WITHIN_MS)
			.addDecoratorFactory((handler) -> new BoundedHandler(handler, this.sockets, liveHeartbeat()))
			.addDecoratorFactory(
					(handler) -> new NonBlockingHandler(handler, SEND_BUFFER_BYTES, SEND_TIME_LIMIT_MS, liveClose()));
	}

	@Override
	public void configureClientInboundChannel(ChannelRegistration registration) {
		registration.executor(liveInbound())
			.interceptors(new WatchOnly((rollId, teacher) -> this.rolls.getObject().mayWatch(rollId, teacher)));
	}

	@Override
	public void configureClientOutboundChannel(ChannelRegistration registration) {
		registration.executor(liveOutbound());
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.setPreservePublishOrder(true);
		registry.enableSimpleBroker("/topic")
			.setHeartbeatValue(new long[] { HEARTBEAT_MS, HEARTBEAT_MS })
			.setTaskScheduler(liveHeartbeat());
	}

	/** Before anybody can subscribe. */
	@Bean
	SmartInitializingSingleton topicsAreNames(
			@Qualifier("simpleBrokerMessageHandler") AbstractBrokerMessageHandler broker, TopicAudience audience) {
		return () -> ((SimpleBrokerMessageHandler) broker).setSubscriptionRegistry(audience);
	}

	@Bean
	ServletServerContainerFactoryBean webSocketContainer() {
		ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
		container.setMaxTextMessageBufferSize(MAX_FRAME_BYTES);
		container.setMaxBinaryMessageBufferSize(MAX_FRAME_BYTES);
		container.setMaxSessionIdleTimeout(IDLE_TIMEOUT_MS);
		return container;
	}

	@Bean
	ThreadPoolTaskExecutor liveInbound() {
		return executor("live-in-");
	}

	@Bean
	ThreadPoolTaskExecutor liveOutbound() {
		return executor("live-out-");
	}

	/**
	 * Saying goodbye to a socket that does not read takes its time; here it takes nobody
	 * else's.
	 */
	@Bean
	ThreadPoolTaskExecutor liveClose() {
		return executor("live-close-");
	}

	@Bean
	ThreadPoolTaskScheduler liveHeartbeat() {
		ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
		scheduler.setThreadNamePrefix("live-heartbeat-");
		return scheduler;
	}

	private static ThreadPoolTaskExecutor executor(String namePrefix) {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadNamePrefix(namePrefix);
		executor.setCorePoolSize(THREADS);
		executor.setQueueCapacity(QUEUE_CAPACITY);
		return executor;
	}

}
