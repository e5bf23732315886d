package rollcall.live;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.SessionLimitExceededException;
import org.springframework.web.socket.handler.WebSocketSessionDecorator;

/**
 * A session whose frames wait in a bounded queue while its socket is busy. Spring would
 * let a thread wait instead, and a handful of dashboards that do not read would hold all
 * the threads there are.
 */
class NonBlockingSession extends WebSocketSessionDecorator {

	private static final Logger logger = LoggerFactory.getLogger(NonBlockingSession.class);

	private final int bufferLimit;

	private final Executor closing;

	private final RemoteEndpoint.Async remote;

	private final Queue<String> waiting = new ArrayDeque<>();

	private int waitingChars;

	private boolean sending;

	private boolean broken;

	/** How to close once nothing waits any more, null while that is not asked for. */
	private @Nullable CloseStatus closeAfterwards;

	NonBlockingSession(WebSocketSession session, int bufferLimit, int sendTimeLimitMs, Executor closing) {
		super(session);
		this.bufferLimit = bufferLimit;
		this.closing = closing;
		Session socket = Objects.requireNonNull(((NativeWebSocketSession) session).getNativeSession(Session.class));
		this.remote = socket.getAsyncRemote();
		this.remote.setSendTimeout(sendTimeLimitMs);
	}

	@Override
	public void sendMessage(WebSocketMessage<?> message) throws IOException {
		if (!(message instanceof TextMessage text)) {
			super.sendMessage(message);
			return;
		}
		synchronized (this) {
			if (this.broken || this.closeAfterwards != null) {
				return;
			}
			if (this.waitingChars + text.getPayloadLength() > this.bufferLimit) {
				abandon();
				throw new SessionLimitExceededException("The client does not read", CloseStatus.SESSION_NOT_RELIABLE);
			}
			this.waiting.add(text.getPayload());
			this.waitingChars += text.getPayload().length();
			if (this.sending) {
				return;
			}
			this.sending = true;
		}
		sendWaiting();
	}

	/**
	 * Stays as the container has it: Spring would raise it to 16 KiB, a third of all that
	 * a watcher costs.
	 */
	@Override
	public void setTextMessageSizeLimit(int limit) {
	}

	/**
	 * Closes after what waits is sent, so that an ERROR frame is not overtaken; a socket
	 * that does not take it in time is closed then.
	 */
	@Override
	public void close(CloseStatus status) {
		synchronized (this) {
			if (this.sending && !this.broken) {
				this.closeAfterwards = status;
				return;
			}
		}
		closeNow(status);
	}

	private void closeNow(CloseStatus status) {
		this.closing.execute(() -> {
			try {
				super.close(status);
			}
			catch (IOException | RuntimeException ex) {
				logger.debug("The socket was gone", ex);
			}
		});
	}

	/**
	 * Run by one thread at a time: who found the socket idle, or the one on which a send
	 * came to its end.
	 */
	private void sendWaiting() {
		while (true) {
			String next;
			synchronized (this) {
				next = this.waiting.poll();
				if (next != null) {
					this.waitingChars -= next.length();
				}
				else {
					this.sending = false;
					if (this.closeAfterwards != null) {
						closeNow(this.closeAfterwards);
					}
					return;
				}
			}
			Completion completion = new Completion();
			try {
				this.remote.sendText(next, completion);
			}
			catch (RuntimeException ex) {
				fail();
				return;
			}
			if (!completion.cameFirst()) {
				return;
			}
		}
	}

	private void fail() {
		abandon();
		closeNow(CloseStatus.SESSION_NOT_RELIABLE);
	}

	private synchronized void abandon() {
		this.broken = true;
		this.waiting.clear();
		this.waitingChars = 0;
	}

	/**
	 * Lets the loop go on by itself if a send ended at once, so that a long queue is no
	 * deep recursion.
	 */
	private final class Completion implements SendHandler {

		private final AtomicBoolean met = new AtomicBoolean();

		@Override
		public void onResult(SendResult result) {
			if (!result.isOK()) {
				fail();
			}
			else if (this.met.getAndSet(true)) {
				sendWaiting();
			}
		}

		boolean cameFirst() {
			return this.met.getAndSet(true);
		}

	}

}
