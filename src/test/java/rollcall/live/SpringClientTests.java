package rollcall.live;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rollcall.Await;
import rollcall.Http;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring's own STOMP client works without an error. {@code ForeignClientsIT} tests other
 * clients.
 */
@ServerTest
class SpringClientTests {

	private static final int SESSIONS = 200;

	private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

	private final WebSocketStompClient client = new WebSocketStompClient(new StandardWebSocketClient());

	private final int port;

	private final Http http;

	SpringClientTests(@LocalServerPort int port) {
		this.port = port;
		this.http = new Http(port);
	}

	@BeforeEach
	void start() {
		this.scheduler.initialize();
		this.client.setTaskScheduler(this.scheduler);
	}

	@AfterEach
	void stop() {
		this.client.stop();
		this.scheduler.shutdown();
	}

	@Test
	void manySessionsHaveNoError() throws Exception {
		long classId = Http.newClassId();
		String topic = this.http.start(classId).member("topic");
		List<Inbox> inboxes = new ArrayList<>();
		for (int number = 0; number < SESSIONS; number++) {
			inboxes.add(session(classId, topic, "student-" + number));
		}
		assertThat(inboxes).allSatisfy((inbox) -> assertThat(inbox.arrived).isEmpty());
	}

	private Inbox session(long classId, String topic, String student) throws Exception {
		Inbox inbox = new Inbox();
		StompSession session = this.client.connectAsync("ws://localhost:" + this.port + "/ws", inbox)
			.get(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS);
		session.setAutoReceipt(true);
		StompSession.Subscription subscription = session.subscribe(topic, inbox);
		subscription.addReceiptTask(() -> inbox.arrived.add("subscribed"));
		inbox.expect("subscribed");
		this.http.present(classId, student);
		assertThat(inbox.next()).contains("\"studentId\":\"" + student + "\"");
		StompHeaders unsubscribe = new StompHeaders();
		unsubscribe.setReceipt("unsubscribed");
		subscription.unsubscribe(unsubscribe);
		StompHeaders disconnect = new StompHeaders();
		disconnect.setReceipt("bye");
		session.disconnect(disconnect);
		return inbox;
	}

	/** Collects events, receipts and errors. */
	private static final class Inbox extends StompSessionHandlerAdapter implements StompFrameHandler {

		private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();

		String next() throws InterruptedException {
			String next = this.arrived.poll(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS);
			assertThat(next).isNotNull();
			return next;
		}

		void expect(String what) throws InterruptedException {
			assertThat(next()).isEqualTo(what);
		}

		@Override
		public Type getPayloadType(StompHeaders headers) {
			return byte[].class;
		}

		/** Handles an event or an ERROR frame. */
		@Override
		public void handleFrame(StompHeaders headers, Object payload) {
			this.arrived
				.add(headers + ((payload instanceof byte[] body) ? new String(body, StandardCharsets.UTF_8) : ""));
		}

		@Override
		public void handleException(StompSession session, StompCommand command, StompHeaders headers, byte[] payload,
				Throwable failure) {
			this.arrived.add("exception " + failure);
		}

		@Override
		public void handleTransportError(StompSession session, Throwable failure) {
			this.arrived.add("transport " + failure);
		}

	}

}
