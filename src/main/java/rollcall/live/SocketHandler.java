package rollcall.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import rollcall.roll.Teacher;

import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/**
 * Limits the number of sockets, the messages of each socket in a second, and its
 * lifetime: no longer than its token. It also makes sending non-blocking and answers
 * refused frames.
 */
class SocketHandler extends WebSocketHandlerDecorator {

	/** A client may send a frame byte by byte; each byte is a message then. */
	static final int MAX_MESSAGES_PER_SECOND = 200;

	private final OpenSockets sockets;

	private final StompReplies replies;

	private final TaskScheduler scheduler;

	private final Function<WebSocketSession, NonBlockingSession> nonBlocking;

	private final Map<String, Socket> open = new ConcurrentHashMap<>();

	SocketHandler(WebSocketHandler delegate, OpenSockets sockets, StompReplies replies, TaskScheduler scheduler,
			Function<WebSocketSession, NonBlockingSession> nonBlocking) {
		super(delegate);
		this.sockets = sockets;
		this.replies = replies;
		this.scheduler = scheduler;
		this.nonBlocking = nonBlocking;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession blocking) throws Exception {
		WebSocketSession session = this.nonBlocking.apply(blocking);
		if (!this.sockets.add(session)) {
			session.close(CloseStatus.SERVICE_OVERLOAD);
			return;
		}
		Socket socket = new Socket(session);
		this.open.put(session.getId(), socket);
		if (session.getAttributes().get(Teacher.UNTIL_ATTRIBUTE) instanceof Instant until) {
			socket.end = this.scheduler.schedule(() -> close(socket), until);
		}
		super.afterConnectionEstablished(session);
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) throws Exception {
		Socket socket = this.open.get(session.getId());
		if (socket == null || socket.state.hasLeft()) {
			return;
		}
		if (socket.isLimitExceeded()) {
			close(socket);
			return;
		}
		try {
			super.handleMessage(session, message);
		}
		catch (StompReplies.RefusedFrameException refused) {
			socket.state.leave();
			this.replies.sendError(session.getId(), refused);
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
		Socket socket = this.open.remove(session.getId());
		if (socket != null) {
			this.sockets.remove(session);
			if (socket.end != null) {
				socket.end.cancel(false);
			}
			super.afterConnectionClosed(session, status);
		}
	}

	private static void close(Socket socket) {
		if (!socket.state.leave()) {
			return;
		}
		try {
			socket.session.close(CloseStatus.POLICY_VIOLATION);
		}
		catch (Exception ex) {
			// The socket was closed already.
		}
	}

	/** An open socket, and how many messages came in the current second. */
	private static final class Socket {

		private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

		private final WebSocketSession session;

		private final SocketState state;

		private volatile @Nullable ScheduledFuture<?> end;

		private long secondStart = System.nanoTime();

		private int messages;

		Socket(WebSocketSession session) {
			this.session = session;
			this.state = SocketState.of(session.getAttributes());
		}

		/** Called by one thread at a time: a socket's messages are handled in order. */
		boolean isLimitExceeded() {
			long now = System.nanoTime();
			if (now - this.secondStart > SECOND_NANOS) {
				this.secondStart = now;
				this.messages = 0;
			}
			return ++this.messages > MAX_MESSAGES_PER_SECOND;
		}

	}

}
