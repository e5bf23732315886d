package rollcall.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rollcall.RawConnection.Answer;
import rollcall.RawConnection;
import rollcall.TestDataFolder;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hostile bytes on a WebSocket that the client was allowed to open. During each attack
 * another, honest subscriber must receive each event of its roll once, and nothing else.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class HostileFramesTests {

	private static final String CONNECT = "CONNECT|accept-version:1.2|heart-beat:0,0||";

	private static final String MARK = "h0stile";

	@LocalServerPort
	int port;

	private String topic = "";

	private RawConnection honest;

	private int students;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		settings.add("rollcall.data-dir", TestDataFolder::next);
	}

	@BeforeAll
	void watch() throws IOException {
		Answer started = http("POST /classes/1/roll HTTP/1.1\r\n");
		int at = started.body().indexOf("/topic/");
		this.topic = started.body().substring(at, started.body().indexOf('"', at));
		this.honest = open();
		this.honest.stomp(CONNECT);
		assertThat(this.honest.nextStomp().orElseThrow()).startsWith("CONNECTED");
		subscribe(this.honest, "honest");
	}

	@AfterAll
	void close() throws IOException {
		this.honest.close();
	}

	/** Frames that the server must answer with ERROR and a close after CONNECT. */
	static Stream<String> frameIsRefusedAfterConnect() {
		return Stream.of("SUBSCRIBE|id:1|destination:/topic/**||", "SUBSCRIBE|id:1|destination:/topic/*||",
				"SUBSCRIBE|id:1|destination:/topic/rolls.*||", "SUBSCRIBE|id:1|destination:/topic/rolls.#||",
				"SUBSCRIBE|id:1|destination:/topic/#||", "SUBSCRIBE|id:1|destination:/topic/rolls.>||",
				"SUBSCRIBE|id:1|destination:/topic/rolls.{id}||", "SUBSCRIBE|id:1|destination:/topic/rolls.?||",
				"SUBSCRIBE|id:1|destination:/**||", "SUBSCRIBE|id:1|destination:TOPIC*||",
				"SUBSCRIBE|id:1|destination:TOPIC/||", "SUBSCRIBE|id:1|destination:TOPIC,/topic/**||",
				"SUBSCRIBE|id:1|destination:/topic//../TOPIC||",
				"SUBSCRIBE|id:1|destination:/topic/rolls.00000000-0000-0000-0000-000000000000||",
				"SUBSCRIBE|id:1|destination:/exchange/amq.topic/#||", "SUBSCRIBE|id:1|destination:/queue/x||",
				"SUBSCRIBE|id:1|destination:/user/queue/x||", "SUBSCRIBE|id:1||", "SUBSCRIBE|destination:TOPIC||",
				"SUBSCRIBE|id:|destination:TOPIC||", "SUBSCRIBE|id:ab\\ncd|destination:TOPIC||",
				"SUBSCRIBE|id:1|destination:TOPIC\\n||", "SUBSCRIBE|id:1|destination:/topic/**|destination:TOPIC||",
				"SEND|destination:TOPIC||{\"type\":\"presence\",\"studentId\":\"h0stile\"}",
				"SEND|destination:TOPIC|content-type:application/json||{\"type\":\"ended\"}",
				"SEND|destination:/app/x||h0stile", "SEND||h0stile", "MESSAGE|destination:TOPIC||h0stile", "ACK|id:1||",
				"NACK|id:1||", "BEGIN|transaction:t||", "COMMIT|transaction:t||", "ABORT|transaction:t||",
				"CONNECTED|version:1.2||", "ERROR|message:h0stile||", "RECEIPT|receipt-id:1||", CONNECT,
				"STOMP|accept-version:1.2||", "UNSUBSCRIBE|id:honest||", "UNSUBSCRIBE||", "EVIL|a:b||",
				"subscribe|id:1|destination:TOPIC||", "SUBSCRIBE|id\\x:1|destination:TOPIC||",
				"SUBSCRIBE|id:1|destination:TOPIC|receipt:||", "SUBSCRIBE|id:1|destination:TOPIC|receipt:a\\x||",
				"SUBSCRIBE|id:1|destination:TOPIC|receipt:" + "x".repeat(65) + "||",
				"SUBSCRIBE|id:1|destination:/topic/**|receipt:1||", "UNSUBSCRIBE|id:honest|receipt:1||",
				"DISCONNECT|receipt:||", "DISCONNECT|receipt:\\x||", "DISCONNECT|receipt:" + "x".repeat(65) + "||",
				"SEND|destination:TOPIC|receipt:1||h0stile", "ACK|id:1|receipt:1||", "BEGIN|transaction:t|receipt:1||",
				"RECEIPT|receipt-id:1|receipt:1||");
	}

	@ParameterizedTest
	@MethodSource
	void frameIsRefusedAfterConnect(String frame, CapturedOutput log) throws IOException {
		String refused = frame.replace("TOPIC", this.topic);
		try (RawConnection wire = open()) {
			wire.stomp(CONNECT);
			assertThat(wire.nextStomp().orElseThrow()).startsWith("CONNECTED");
			wire.stomp(refused);
			expectRefusal(wire);
		}
		try (RawConnection wire = open()) {
			wire.stomp(CONNECT, refused, "SUBSCRIBE|id:late|destination:" + this.topic + "||");
			assertThat(wire.nextStomp().orElseThrow()).startsWith("CONNECTED");
			expectRefusal(wire);
		}
		expectNextEventAtHonestSubscriber();
		assertThat(log.getAll()).doesNotContain(MARK);
	}

	static Stream<String> frameIsRefusedBeforeConnect() {
		return Stream.of("SUBSCRIBE|id:1|destination:TOPIC||", "SEND|destination:TOPIC||h0stile", "DISCONNECT||",
				"UNSUBSCRIBE|id:honest||", "CONNECT||", "CONNECT|accept-version:9.9||",
				"CONNECT|accept-version:1.2|heart-beat:x,y||", "CONNECT|accept-version:1.2|heart-beat:-1,0||",
				"CONNECT|accept-version:1.2|heart-beat:99999999999,1||", "BEGIN|transaction:t||",
				"DISCONNECT|receipt:1||", "SUBSCRIBE|id:1|destination:TOPIC|receipt:1||",
				"CONNECT|accept-version:1.2|receipt:||", "CONNECT|accept-version:1.0|receipt:a:b||");
	}

	@ParameterizedTest
	@MethodSource
	void frameIsRefusedBeforeConnect(String frame) throws IOException {
		try (RawConnection wire = open()) {
			wire.stomp(frame.replace("TOPIC", this.topic));
			expectRefusal(wire);
		}
		expectNextEventAtHonestSubscriber();
	}

	@Test
	void headersForABrokerHaveNoEffect() throws IOException {
		try (RawConnection wire = open()) {
			wire.stomp("CONNECT|accept-version:1.2|heart-beat:0,0|login:guest|passcode:guest|host:/|simpUser:root||");
			assertThat(wire.nextStomp().orElseThrow()).startsWith("CONNECTED").doesNotContain("guest", "root", "null");
			wire.stomp("SUBSCRIBE|id:1|destination:" + this.topic
					+ "|selector:headers.nonsense|durable:true|x-queue-name:q|simpSessionId:other|receipt:7|ack:client||");
			assertThat(wire.nextStomp()).contains("RECEIPT\nreceipt-id:7\n\n\0");
			record();
			assertThat(wire.nextStomp().orElseThrow()).startsWith("MESSAGE")
				.doesNotContain("durable", "x-queue-name", "receipt");
			assertThat(this.honest.nextStomp().orElseThrow()).startsWith("MESSAGE");
		}
		expectNextEventAtHonestSubscriber();
	}

	@Test
	void frameInSingleBytesIsRead() throws IOException {
		try (RawConnection wire = open()) {
			for (byte octet : "CONNECT\naccept-version:1.2\n\n\0".getBytes(StandardCharsets.UTF_8)) {
				wire.frame(1, new byte[] { octet });
			}
			assertThat(wire.nextStomp().orElseThrow()).startsWith("CONNECTED");
		}
	}

	@Test
	void floodOfBytesClosesTheConnection() throws IOException {
		try (RawConnection wire = open()) {
			writeUntilClosed(wire, () -> wire.frame(1, new byte[] { '\n' }));
			expectEnd(wire);
		}
		expectNextEventAtHonestSubscriber();
	}

	@Test
	void tooLargeFrameClosesTheConnection() throws IOException {
		try (RawConnection wire = open()) {
			wire.frame(1, ("CONNECT\naccept-version:1.2\nx:" + "x".repeat(60_000) + "\n\n\0").getBytes());
			expectEnd(wire);
		}
		expectNextEventAtHonestSubscriber();
	}

	@Test
	void endlessFrameClosesTheConnection() throws IOException {
		try (RawConnection wire = open()) {
			wire.frame(1, "CONNECT\n".getBytes());
			writeUntilClosed(wire, () -> wire.frame(1, ("x:" + "x".repeat(100) + "\n").getBytes()));
			expectEnd(wire);
		}
		expectNextEventAtHonestSubscriber();
	}

	@Test
	void invalidUtf8ClosesTheConnection() throws IOException {
		try (RawConnection wire = open()) {
			wire.frame(1, new byte[] { 'C', 'O', (byte) 0xFF, (byte) 0xFE, 0 });
			expectEnd(wire);
		}
		expectNextEventAtHonestSubscriber();
	}

	@Test
	void invalidStompClosesTheConnection() throws IOException {
		try (RawConnection wire = open()) {
			wire.frame(1, "GET / HTTP/1.1\r\n\r\n\0".getBytes());
			expectRefusal(wire);
		}
		expectNextEventAtHonestSubscriber();
	}

	@Test
	void tenThousandSubscriptionsAreRefused() throws IOException {
		try (RawConnection wire = open()) {
			wire.stomp(CONNECT);
			assertThat(wire.nextStomp().orElseThrow()).startsWith("CONNECTED");
			int[] id = { 0 };
			writeUntilClosed(wire, () -> wire.stomp("SUBSCRIBE|id:" + id[0]++ + "|destination:" + this.topic + "||"));
			expectEnd(wire);
		}
		expectNextEventAtHonestSubscriber();
	}

	@Test
	void eachFrameOfAMessageIsChecked() throws IOException {
		try (RawConnection wire = open()) {
			wire.frame(1,
					("CONNECT\naccept-version:1.2\n\n\0SEND\ndestination:" + this.topic + "\n\nh0stile\0SUBSCRIBE\n"
							+ "id:1\ndestination:/topic/**\n\n\0")
						.getBytes(StandardCharsets.UTF_8));
			assertThat(wire.nextStomp().orElseThrow()).startsWith("CONNECTED");
			expectRefusal(wire);
		}
		expectNextEventAtHonestSubscriber();
	}

	@Test
	void secondSubscriptionWithTheSameIdIsRefused() throws IOException {
		try (RawConnection wire = open()) {
			wire.stomp(CONNECT);
			wire.nextStomp();
			subscribe(wire, "1");
			wire.stomp("SUBSCRIBE|id:1|destination:" + this.topic + "||");
			expectRefusal(wire);
		}
		expectNextEventAtHonestSubscriber();
	}

	private void subscribe(RawConnection wire, String id) throws IOException {
		wire.stomp("SUBSCRIBE|id:" + id + "|destination:" + this.topic + "|receipt:1||");
		assertThat(wire.nextStomp()).contains("RECEIPT\nreceipt-id:1\n\n\0");
	}

	/** Expects one fixed ERROR without any part of the request, then the close. */
	private static void expectRefusal(RawConnection wire) throws IOException {
		assertThat(wire.nextStomp().orElseThrow()).startsWith("ERROR")
			.doesNotContain(MARK, "Exception", "org.springframework");
		assertThat(wire.nextStomp()).isEmpty();
	}

	private static void expectEnd(RawConnection wire) throws IOException {
		Optional<String> next = wire.nextStomp();
		while (next.isPresent()) {
			assertThat(next.get()).doesNotContain("\nMESSAGE", MARK).matches("(?s)(ERROR|CONNECTED).*");
			next = wire.nextStomp();
		}
	}

	/**
	 * Records a presence and expects its event as the next one of the honest subscriber.
	 */
	private void expectNextEventAtHonestSubscriber() throws IOException {
		record();
		assertThat(this.honest.nextStomp().orElseThrow()).startsWith("MESSAGE")
			.contains("\"seq\":" + this.students + ",", "\"studentId\":\"s" + this.students + "\"")
			.doesNotContain(MARK);
	}

	private static void writeUntilClosed(RawConnection wire, Write write) {
		try {
			for (int i = 0; i < 10_000; i++) {
				write.run();
			}
		}
		catch (IOException ex) {
			// The server has closed the connection, as expected.
		}
	}

	private void record() throws IOException {
		this.students++;
		String body = "{\"studentId\":\"s" + this.students + "\"}";
		try (RawConnection wire = RawConnection.to("127.0.0.1", this.port)) {
			wire.send("POST /classes/1/presence HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
					+ "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
			assertThat(wire.read().status()).isEqualTo(200);
		}
	}

	private RawConnection open() throws IOException {
		RawConnection wire = RawConnection.to("127.0.0.1", this.port);
		assertThat(wire.upgrade("").status()).isEqualTo(101);
		return wire;
	}

	private Answer http(String line) throws IOException {
		try (RawConnection wire = RawConnection.to("127.0.0.1", this.port)) {
			wire.send(line + "Host: localhost\r\nConnection: close\r\n\r\n");
			return wire.read();
		}
	}

	@FunctionalInterface
	private interface Write {

		void run() throws IOException;

	}

}
