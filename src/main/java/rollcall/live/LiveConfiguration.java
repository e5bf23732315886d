package rollcall.live;

import rollcall.problem.Problems;
import rollcall.roll.RollCallService;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.messaging.MessageChannel;
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
 * STOMP at {@code /ws}: the server sends events, clients only subscribe. A client's frame
 * is processed on the thread that read it, one after the other, so that a receipt tells
 * that the frame is done.
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

	/** None of them blocks on a socket. */
	private static final int THREADS = 2;

	/**
	 * Frames that wait to be encoded; one thousand watchers of one busy roll are bridged
	 * for about a second.
	 */
	private static final int QUEUE_CAPACITY = 1_000_000;

	private final Problems problems;

	private final OpenSockets sockets;

	private final TopicAudience audience;

	private final Answers answers;

	private final ObjectProvider<RollCallService> rolls;

	/**
	 * The service publishes through the channels that are configured here, so that both
	 * it and they exist only later.
	 */
	LiveConfiguration(Problems problems, OpenSockets sockets, TopicAudience audience,
			ObjectProvider<RollCallService> rolls,
			@Qualifier("clientOutboundChannel") ObjectProvider<MessageChannel> outbound) {
		this.problems = problems;
		this.sockets = sockets;
		this.audience = audience;
		this.answers = new Answers(outbound::getObject);
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
			.addDecoratorFactory((handler) -> new BoundedHandler(handler, this.sockets, liveHeartbeat(), this.answers))
			.addDecoratorFactory(
					(handler) -> new NonBlockingHandler(handler, SEND_BUFFER_BYTES, SEND_TIME_LIMIT_MS, liveClose()));
	}

	@Override
	public void configureClientInboundChannel(ChannelRegistration registration) {
		registration.executor(new SyncTaskExecutor())
			.interceptors(new WatchOnly((rollId, teacher) -> this.rolls.getObject().mayWatch(rollId, teacher)),
					this.answers);
	}

	@Override
	public void configureClientOutboundChannel(ChannelRegistration registration) {
		registration.executor(liveOutbound())
			.interceptors(new Departures(this.sockets, this.audience, liveHeartbeat()));
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.enableSimpleBroker("/topic")
			.setHeartbeatValue(new long[] { HEARTBEAT_MS, HEARTBEAT_MS })
			.setTaskScheduler(liveHeartbeat());
	}

	/** Before anybody can subscribe. */
	@Bean
	SmartInitializingSingleton topicsAreNames(
			@Qualifier("simpleBrokerMessageHandler") AbstractBrokerMessageHandler broker) {
		return () -> ((SimpleBrokerMessageHandler) broker).setSubscriptionRegistry(this.audience);
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
	SessionLanes liveOutbound() {
		return new SessionLanes("live-out-", THREADS, QUEUE_CAPACITY);
	}

	/**
	 * Closing a socket whose client does not read takes its time; here it delays no other
	 * work.
	 */
	@Bean
	ThreadPoolTaskExecutor liveClose() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadNamePrefix("live-close-");
		executor.setCorePoolSize(THREADS);
		executor.setQueueCapacity(QUEUE_CAPACITY);
		return executor;
	}

	@Bean
	ThreadPoolTaskScheduler liveHeartbeat() {
		ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
		scheduler.setThreadNamePrefix("live-heartbeat-");
		return scheduler;
	}

}
