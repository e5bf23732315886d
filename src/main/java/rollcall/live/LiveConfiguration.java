package rollcall.live;

import java.util.List;
import java.util.stream.IntStream;

import rollcall.problem.Problems;
import rollcall.roll.RollStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.support.MessageHandlingRunnable;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/**
 * STOMP at {@code /ws}: the server sends events, clients only subscribe. A client's
 * frames are processed one after the other on the thread that read them, so that a
 * receipt means that its frame was processed.
 */
@Configuration
@EnableWebSocketMessageBroker
class LiveConfiguration implements WebSocketMessageBrokerConfigurer {

	/**
	 * The maximum size of a frame, more than a client needs. The time that Spring's
	 * decoder needs for frames in small parts grows with the square of this size.
	 */
	private static final int MAX_FRAME_BYTES = 4_096;

	private static final int FIRST_FRAME_WITHIN_MS = 10_000;

	/**
	 * A silent socket gets a heart-beat in this interval, after an event in two of them.
	 * So a dashboard notices within 5 s that its connection is dead. For a client the
	 * interval that it promised counts, if it is longer: the broker waits for three.
	 */
	private static final long HEARTBEAT_MS = 1_250;

	/** A client without heart-beats is closed after this time without a message. */
	private static final long IDLE_TIMEOUT_MS = 600_000;

	/**
	 * The number of threads that send, and of threads that close. Threads that send never
	 * wait for a socket.
	 */
	private static final int THREADS = 2;

	/**
	 * The maximum number of frames that wait for a thread: about one second of a busy
	 * roll with a thousand subscribers.
	 */
	private static final int QUEUE_CAPACITY = 1_000_000;

	private final Problems problems;

	private final OpenSockets sockets;

	private final TopicSubscriptions subscriptions;

	private final StompReplies replies;

	private final RollStore rolls;

	/** The outbound channel depends on this configuration, so it is looked up later. */
	LiveConfiguration(Problems problems, OpenSockets sockets, TopicSubscriptions subscriptions, RollStore rolls,
			@Qualifier("clientOutboundChannel") ObjectProvider<MessageChannel> outbound) {
		this.problems = problems;
		this.sockets = sockets;
		this.subscriptions = subscriptions;
		this.replies = new StompReplies(outbound::getObject, subscriptions);
		this.rolls = rolls;
	}

	@Override
	public void registerStompEndpoints(StompEndpointRegistry registry) {
		// rollcall.access.OriginPolicy has already checked the origin.
		registry.addEndpoint("/ws")
			.setAllowedOriginPatterns("*")
			.setHandshakeHandler(new PlainHandshakeHandler())
			.addInterceptors(new HandshakeCheck(this.problems));
		registry.setErrorHandler(this.replies);
	}

	@Override
	public void configureWebSocketTransport(WebSocketTransportRegistration registration) {
		registration.setMessageSizeLimit(MAX_FRAME_BYTES)
			.setSendBufferSizeLimit(NonBlockingSession.BUFFER_LIMIT)
			.setSendTimeLimit(NonBlockingSession.SEND_TIME_LIMIT_MS)
			.setTimeToFirstMessage(FIRST_FRAME_WITHIN_MS)
			.addDecoratorFactory(
					(handler) -> new SocketHandler(handler, this.sockets, this.replies, liveHeartbeat(), liveClose()));
	}

	@Override
	public void configureClientInboundChannel(ChannelRegistration registration) {
		registration.executor(new SyncTaskExecutor())
			.interceptors(new SubscriptionInterceptor(this.rolls::mayWatch), this.replies);
	}

	@Override
	public void configureClientOutboundChannel(ChannelRegistration registration) {
		registration.executor(liveOutbound())
			.interceptors(new DisconnectInterceptor(this.sockets, this.subscriptions, liveHeartbeat()));
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.enableSimpleBroker("/topic")
			.setHeartbeatValue(new long[] { HEARTBEAT_MS, HEARTBEAT_MS })
			.setTaskScheduler(liveHeartbeat());
	}

	/** Replaces the broker's registry of subscriptions before a client can subscribe. */
	@Bean
	SmartInitializingSingleton exactTopics(
			@Qualifier("simpleBrokerMessageHandler") AbstractBrokerMessageHandler broker) {
		return () -> ((SimpleBrokerMessageHandler) broker).setSubscriptionRegistry(this.subscriptions);
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
	SessionOrderedExecutor liveOutbound() {
		return new SessionOrderedExecutor();
	}

	/**
	 * Threads that close sockets: if a client does not read, closing its socket takes
	 * long and must not delay other clients.
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

	/**
	 * Sends all frames of a session on the same thread, so that they stay in order.
	 * Spring's own order covers events only: an ERROR or a RECEIPT could overtake them.
	 */
	static final class SessionOrderedExecutor implements TaskExecutor, AutoCloseable {

		private final List<ThreadPoolTaskExecutor> threads = IntStream.range(0, THREADS)
			.mapToObj(SessionOrderedExecutor::thread)
			.toList();

		private static ThreadPoolTaskExecutor thread(int number) {
			ThreadPoolTaskExecutor thread = new ThreadPoolTaskExecutor();
			thread.setThreadNamePrefix("live-out-" + number + "-");
			thread.setMaxPoolSize(1);
			thread.setQueueCapacity(QUEUE_CAPACITY);
			thread.initialize();
			return thread;
		}

		@Override
		public void execute(Runnable task) {
			String session = (task instanceof MessageHandlingRunnable send)
					? SimpMessageHeaderAccessor.getSessionId(send.getMessage().getHeaders()) : null;
			int thread = (session != null) ? Math.floorMod(session.hashCode(), THREADS) : 0;
			this.threads.get(thread).execute(task);
		}

		@Override
		public void close() {
			this.threads.forEach(ThreadPoolTaskExecutor::shutdown);
		}

	}

}
