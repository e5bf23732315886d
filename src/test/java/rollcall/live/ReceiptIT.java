package rollcall.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http;
import rollcall.ServerTest;
import rollcall.StompSocket;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.AbstractMessageChannel;
import org.springframework.messaging.support.ChannelInterceptor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Receipts and the close after DISCONNECT, over real sockets: the frames, their order and
 * the close code.
 */
@ServerTest
@Tag("jvm")
class ReceiptIT {

	private static final String CONNECT = "CONNECT\naccept-version:1.2\nheart-beat:0,0\n\n\0";

	private static final int ROUNDS = 100;

	/** Each round sends two frames, and a socket may send 200 in a second. */
	private static final int ROUNDS_IN_A_SECOND = 75;

	private final int port;

	private final Http http;

	private final SimpMessageSendingOperations messaging;

	private final TopicSubscriptions subscriptions;

	private final AbstractMessageChannel outbound;

	private final long classId = Http.newClassId();

	private final String topic;

	ReceiptIT(@LocalServerPort int port, SimpMessageSendingOperations messaging, TopicSubscriptions subscriptions,
			@Qualifier("clientOutboundChannel") AbstractMessageChannel outbound) {
		this.port = port;
		this.http = new Http(port);
		this.messaging = messaging;
		this.subscriptions = subscriptions;
		this.outbound = outbound;
		this.topic = this.http.start(this.classId).member("topic");
	}

	@RepeatedTest(10)
	void disconnectClosesNormally() {
		assertThat(StompSocket.answers(this.port, CONNECT, "DISCONNECT\n\n\0")).containsExactly("CONNECTED",
				"CLOSED 1000");
	}

	@RepeatedTest(10)
	void disconnectWithReceiptIsAnsweredAndThenClosesNormally() {
		assertThat(StompSocket.answers(this.port, CONNECT, "DISCONNECT\nreceipt:bye\n\n\0"))
			.containsExactly("CONNECTED", "RECEIPT bye", "CLOSED 1000");
	}

	@Test
	void disconnectClosesNormallyWhileEventsArrive() {
		try (StompSocket socket = StompSocket.connect(this.port)) {
			socket.subscribe(this.topic);
			for (int i = 0; i < ROUNDS; i++) {
				this.messaging.convertAndSend(this.topic, "event");
			}
			socket.send("DISCONNECT\nreceipt:bye\n\n\0");
			List<String> frames = new ArrayList<>(socket.untilClosed());
			frames.removeIf((frame) -> frame.equals("MESSAGE"));
			assertThat(frames).containsExactly("RECEIPT bye", "CLOSED 1000");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "CONNECT", "STOMP" })
	void everyFrameWithReceiptIsAnswered(String connect) {
		assertThat(StompSocket.answers(this.port, connect + "\naccept-version:1.2\nreceipt:c\n\n\0",
				"SUBSCRIBE\nid:0\ndestination:" + this.topic + "\nreceipt:s\n\n\0",
				"UNSUBSCRIBE\nid:0\nreceipt:u\n\n\0", "DISCONNECT\nreceipt:d\n\n\0"))
			.containsExactly("CONNECTED", "RECEIPT c", "RECEIPT s", "RECEIPT u", "RECEIPT d", "CLOSED 1000");
	}

	@Test
	void frameWithoutReceiptIsNotAnswered() {
		assertThat(StompSocket.answers(this.port, CONNECT, "SUBSCRIBE\nid:0\ndestination:" + this.topic + "\n\n\0",
				"UNSUBSCRIBE\nid:0\n\n\0", "DISCONNECT\n\n\0"))
			.containsExactly("CONNECTED", "CLOSED 1000");
	}

	@Test
	void framesInOneMessageAreAnsweredInOrder() {
		for (int i = 0; i < 10; i++) {
			assertThat(StompSocket.answers(this.port,
					CONNECT + "SUBSCRIBE\nid:0\ndestination:" + this.topic + "\nreceipt:s\n\n\0"
							+ "UNSUBSCRIBE\nid:0\nreceipt:u\n\n\0" + "DISCONNECT\nreceipt:d\n\n\0"))
				.containsExactly("CONNECTED", "RECEIPT s", "RECEIPT u", "RECEIPT d", "CLOSED 1000");
		}
	}

	@Test
	void eventAfterTheReceiptOfSubscribeIsDelivered() {
		try (StompSocket socket = StompSocket.connect(this.port)) {
			for (int i = 0; i < ROUNDS_IN_A_SECOND; i++) {
				socket.send("SUBSCRIBE\nid:" + i + "\ndestination:" + this.topic + "\nreceipt:s" + i + "\n\n\0");
				assertThat(StompSocket.brief(socket.next())).isEqualTo("RECEIPT s" + i);
				this.http.present(this.classId, "student" + i);
				assertThat(socket.next()).startsWith("MESSAGE\n").contains("\"student" + i + "\"");
				socket.send("UNSUBSCRIBE\nid:" + i + "\nreceipt:u" + i + "\n\n\0");
				assertThat(StompSocket.brief(socket.next())).isEqualTo("RECEIPT u" + i);
			}
		}
	}

	/**
	 * Observes the order where the receipt enters the outbound channel: a client is too
	 * slow to notice a receipt that comes too early.
	 */
	@Test
	void subscriptionIsInEffectBeforeItsReceiptIsSent() {
		List<Boolean> followed = new ArrayList<>();
		ChannelInterceptor observer = new ChannelInterceptor() {

			@Override
			public Message<?> preSend(Message<?> message, MessageChannel channel) {
				if (StompHeaderAccessor.wrap(message).getCommand() == StompCommand.RECEIPT) {
					followed.add(ReceiptIT.this.subscriptions.existFor(ReceiptIT.this.topic));
				}
				return message;
			}

		};
		this.outbound.addInterceptor(observer);
		try {
			StompSocket.answers(this.port, CONNECT, "SUBSCRIBE\nid:0\ndestination:" + this.topic + "\nreceipt:s\n\n\0",
					"UNSUBSCRIBE\nid:0\nreceipt:u\n\n\0", "DISCONNECT\n\n\0");
		}
		finally {
			this.outbound.removeInterceptor(observer);
		}
		assertThat(followed).containsExactly(true, false);
	}

	@Test
	void noEventComesAfterTheReceiptOfUnsubscribe() throws InterruptedException {
		AtomicBoolean done = new AtomicBoolean();
		Thread events = new Thread(() -> {
			while (!done.get()) {
				this.messaging.convertAndSend(this.topic, "event");
				Thread.yield();
			}
		});
		events.start();
		try (StompSocket socket = StompSocket.connect(this.port)) {
			for (int i = 0; i < ROUNDS_IN_A_SECOND; i++) {
				socket.send("SUBSCRIBE\nid:" + i + "\ndestination:" + this.topic + "\nreceipt:s" + i + "\n\n\0");
				socket.send("UNSUBSCRIBE\nid:" + i + "\nreceipt:u" + i + "\n\n\0");
			}
			socket.send("DISCONNECT\n\n\0");
			List<String> over = new ArrayList<>();
			for (String frame = socket.next(); !frame.startsWith("CLOSED"); frame = socket.next()) {
				if (frame.startsWith("MESSAGE\n")) {
					assertThat(over).doesNotContain("RECEIPT u" + StompSocket.header(frame, "subscription"));
				}
				over.add(StompSocket.brief(frame));
			}
			assertThat(over).contains("RECEIPT u" + (ROUNDS_IN_A_SECOND - 1));
		}
		finally {
			done.set(true);
			events.join();
		}
	}

	@Test
	void framesAfterDisconnectAreIgnored() {
		assertThat(StompSocket.answers(this.port,
				CONNECT + "DISCONNECT\nreceipt:bye\n\n\0SEND\ndestination:/x\n\n\0\nDISCONNECT\nreceipt:2\n\n\0"
						+ "SUBSCRIBE\nid:0\ndestination:" + this.topic + "\nreceipt:3\n\n\0"))
			.containsExactly("CONNECTED", "RECEIPT bye", "CLOSED 1000");
		assertThat(this.subscriptions.existFor(this.topic)).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', textBlock = """
			1.0 plain plain
			1.0 é/+ é/+
			1.1 a\\cb a\\cb
			1.1 a\\nb\\\\ a\\nb\\\\
			1.2 a\\cb a\\cb
			1.2 a:b a\\cb
			1.2 a\\r\\nreceipt-id\\c2 a\\r\\nreceipt-id\\c2
			1.2 \\\\n \\\\n
			1.2 é✓ é✓
			""")
	void receiptComesBackEscaped(String version, String sent, String expected) {
		try (StompSocket socket = StompSocket.connect(this.port, version)) {
			socket.send("SUBSCRIBE\nid:0\ndestination:" + this.topic + "\nreceipt:" + sent + "\n\n\0");
			assertThat(socket.next()).isEqualTo("RECEIPT\nreceipt-id:" + expected + "\n\n\0");
		}
	}

	/**
	 * STOMP 1.0 has no escapes, so the server could not return these as they were sent.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "a:b", "a\\cb", "a\\nb", "a\\\\b" })
	void receiptThatStomp10CannotReturnIsRefused(String receipt) {
		try (StompSocket socket = StompSocket.connect(this.port, "1.0")) {
			socket.send("SUBSCRIBE\nid:0\ndestination:" + this.topic + "\nreceipt:" + receipt + "\n\n\0");
			assertThat(socket.untilClosed()).containsExactly("ERROR", "CLOSED 1002");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SUBSCRIBE\nid:0\ndestination:TOPIC", "UNSUBSCRIBE\nid:kept", "DISCONNECT" })
	void receiptIsBounded(String frame) {
		String sent = frame.replace("TOPIC", this.topic) + "\nreceipt:";
		for (String receipt : List.of("", "x".repeat(65), "x".repeat(4_000))) {
			try (StompSocket socket = StompSocket.connect(this.port)) {
				socket.send("SUBSCRIBE\nid:kept\ndestination:" + this.topic + "\n\n\0");
				socket.send(sent + receipt + "\n\n\0");
				assertThat(socket.untilClosed()).as("length %d", receipt.length())
					.containsExactly("ERROR", "CLOSED 1002");
			}
		}
		try (StompSocket socket = StompSocket.connect(this.port)) {
			socket.send("SUBSCRIBE\nid:kept\ndestination:" + this.topic + "\n\n\0");
			socket.send(sent + "x".repeat(64) + "\n\n\0");
			assertThat(StompSocket.brief(socket.next())).isEqualTo("RECEIPT " + "x".repeat(64));
		}
	}

}
