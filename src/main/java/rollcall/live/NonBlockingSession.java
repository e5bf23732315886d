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
 * A WebSocket session whose messages wait in a bounded queue while its socket is busy.
 * Spring's own decorator blocks a thread for each client that does not read, and keeps no
 * order between events, receipts and errors without one thread for each session.
 */
class NonBlockingSession extends WebSocketSessionDecorator {

	/**
	 * The maximum number of characters that wait for one slow client: about 2,000 events.
	 */
	static final int BUFFER_LIMIT = 512 * 1_024;

	/** Milliseconds after which a send that does not complete closes the socket. */
	static final int SEND_TIME_LIMIT_MS = 10_000;

	private static final Logger logger = LoggerFactory.getLogger(NonBlockingSession.class);

	private final Executor closing;

	private final RemoteEndpoint.Async remote;

	private final Queue<String> waiting = new ArrayDeque<>();

	private int waitingChars;

	private boolean sending;

	private boolean broken;

	/**
	 * The status with which to close when the queue is empty; null if closing was not
	 * requested.
	 */
	private @Nullable CloseStatus closeAfterwards;

	NonBlockingSession(WebSocketSession session, Executor closing) {
		super(session);
		this.closing = closing;
		Session socket = Objects.requireNonNull(((NativeWebSocketSession) session).getNativeSession(Session.class));
		this.remote = socket.getAsyncRemote();
		this.remote.setSendTimeout(SEND_TIME_LIMIT_MS);
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
			if (this.waitingChars + text.getPayloadLength() > BUFFER_LIMIT) {
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
	 * Ignores the limit and so keeps the container's limit. Spring would set 16 KiB,
	 * which is a third of a socket's heap.
	 */
	@Override
	public void setTextMessageSizeLimit(int limit) {
	}

	/**
	 * Closes after the waiting messages are sent, so that an ERROR frame is not lost, or
	 * when sending them takes too long.
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
				logger.debug("The socket was closed already", ex);
			}
		});
	}

	/**
	 * Runs on one thread at a time: the caller that found the socket idle, or the thread
	 * on which a send completed.
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
			if (!completion.completedAtOnce()) {
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
	 * Notices whether a send completed before {@code sendText} returned. Then the loop of
	 * {@link #sendWaiting()} continues. Otherwise the thread that completes the send
	 * starts the loop again. Without this, a long queue would be a deep recursion.
	 */
	private final class Completion implements SendHandler {

		private final AtomicBoolean completedOrReturned = new AtomicBoolean();

		@Override
		public void onResult(SendResult result) {
			if (!result.isOK()) {
				fail();
			}
			else if (this.completedOrReturned.getAndSet(true)) {
				sendWaiting();
			}
		}

		/** Called once, after {@code sendText} has returned. */
		boolean completedAtOnce() {
			return this.completedOrReturned.getAndSet(true);
		}

	}

}
