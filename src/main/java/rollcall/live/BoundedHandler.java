package rollcall.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;

import org.jspecify.annotations.Nullable;
import rollcall.roll.Teacher;

import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/**
 * Bounds the number of sockets, the messages of each, and how long it lives: not longer
 * than its token. It also answers refused frames. It stands inside
 * {@link NonBlockingHandler}, so that closing a socket blocks no thread of its own.
 */
class BoundedHandler extends WebSocketHandlerDecorator {

	private final TaskScheduler scheduler;

	private final OpenSockets sockets;

	private final Answers answers;

	private final Map<String, Talk> talks = new ConcurrentHashMap<>();

	BoundedHandler(WebSocketHandler delegate, OpenSockets sockets, TaskScheduler scheduler, Answers answers) {
		super(delegate);
		this.sockets = sockets;
		this.answers = answers;
		this.scheduler = scheduler;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) throws Exception {
		if (!this.sockets.add(session)) {
			session.close(CloseStatus.SERVICE_OVERLOAD);
			return;
		}
		Talk talk = new Talk(session);
		this.talks.put(session.getId(), talk);
		if (session.getAttributes().get(Teacher.UNTIL_ATTRIBUTE) instanceof Instant until) {
			talk.end = this.scheduler.schedule(() -> close(talk), until);
		}
		super.afterConnectionEstablished(session);
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) throws Exception {
		Talk talk = this.talks.get(session.getId());
		if (talk == null || talk.watcher().hasLeft()) {
			return;
		}
		if (talk.isTooMuch()) {
			close(talk);
			return;
		}
		try {
			super.handleMessage(session, message);
		}
		catch (RefusedFrameException refused) {
			talk.watcher().leave();
			this.answers.error(session.getId(), refused.receipt());
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
		Talk talk = this.talks.remove(session.getId());
		if (talk != null) {
			this.sockets.remove(session);
			if (talk.end != null) {
				talk.end.cancel(false);
			}
			super.afterConnectionClosed(session, status);
		}
	}

	private static void close(Talk talk) {
		if (!talk.watcher().leave()) {
			return;
		}
		try {
			talk.session.close(CloseStatus.POLICY_VIOLATION);
		}
		catch (Exception ex) {
			// It is gone already.
		}
	}

	/** What one socket has said in the current second. */
	private static final class Talk {

		private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();

		private final WebSocketSession session;

		private volatile @Nullable ScheduledFuture<?> end;

		private long windowStart = System.nanoTime();

		private int messages;

		Talk(WebSocketSession session) {
			this.session = session;
		}

		Watcher watcher() {
			return (Watcher) Objects.requireNonNull(this.session.getAttributes().get(Watcher.ATTRIBUTE));
		}

		/**
		 * Called by one thread at a time: a socket's messages come one after the other.
		 */
		boolean isTooMuch() {
			long now = System.nanoTime();
			if (now - this.windowStart > WINDOW_NANOS) {
				this.windowStart = now;
				this.messages = 0;
			}
			return ++this.messages > LiveLimits.MAX_MESSAGES_PER_SECOND;
		}

	}

}
