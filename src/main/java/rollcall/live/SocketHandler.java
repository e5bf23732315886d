package rollcall.live;

import java.time.Instant;
import java.util.concurrent.Executor;

import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/**
 * Limits the number of sockets, and the number of messages of each socket in a second.
 * Closes a socket when its token expires. Makes sending non-blocking, and answers refused
 * frames with ERROR.
 */
class SocketHandler extends WebSocketHandlerDecorator {

	private final OpenSockets sockets;

	private final StompReplies replies;

	private final TaskScheduler scheduler;

	private final Executor closing;

	SocketHandler(WebSocketHandler delegate, OpenSockets sockets, StompReplies replies, TaskScheduler scheduler,
			Executor closing) {
		super(delegate);
		this.sockets = sockets;
		this.replies = replies;
		this.scheduler = scheduler;
		this.closing = closing;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession blocking) throws Exception {
		WebSocketSession session = new NonBlockingSession(blocking, this.closing);
		SocketState state = SocketState.of(session.getAttributes());
		if (!this.sockets.add(session)) {
			state.leave();
			session.close(CloseStatus.SERVICE_OVERLOAD);
			return;
		}
		Instant validUntil = state.validUntil();
		if (validUntil != null) {
			state.setExpiry(this.scheduler.schedule(() -> close(session.getId(), state), validUntil));
		}
		super.afterConnectionEstablished(session);
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) throws Exception {
		SocketState state = SocketState.of(session.getAttributes());
		if (state.hasLeft()) {
			return;
		}
		if (!state.countMessage()) {
			close(session.getId(), state);
			return;
		}
		try {
			super.handleMessage(session, message);
		}
		catch (StompReplies.RefusedFrameException refused) {
			state.leave();
			this.replies.sendError(session.getId(), refused);
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
		if (this.sockets.remove(session)) {
			SocketState.of(session.getAttributes()).cancelExpiry();
			super.afterConnectionClosed(session, status);
		}
	}

	private void close(String sessionId, SocketState state) {
		if (state.leave()) {
			this.sockets.close(sessionId, CloseStatus.POLICY_VIOLATION);
		}
	}

}
