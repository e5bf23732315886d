package rollcall.live;

import java.util.concurrent.Executor;

import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/**
 * Gives each session a way out on which nobody waits.
 */
class NonBlockingHandler extends WebSocketHandlerDecorator {

	private final int bufferLimit;

	private final int sendTimeLimitMs;

	private final Executor closing;

	NonBlockingHandler(WebSocketHandler delegate, int bufferLimit, int sendTimeLimitMs, Executor closing) {
		super(delegate);
		this.bufferLimit = bufferLimit;
		this.sendTimeLimitMs = sendTimeLimitMs;
		this.closing = closing;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) throws Exception {
		super.afterConnectionEstablished(
				new NonBlockingSession(session, this.bufferLimit, this.sendTimeLimitMs, this.closing));
	}

}
