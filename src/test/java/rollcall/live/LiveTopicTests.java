package rollcall.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http.Answer;
import rollcall.Http;
import rollcall.RawConnection;
import rollcall.ServerTest;
import rollcall.StompSocket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.messaging.simp.SimpMessageSendingOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The live topic from end to end, over real sockets.
 */
@ServerTest
class LiveTopicTests {

	private static final JsonMapper JSON = new JsonMapper();

	private final int port;

	private final Http http;

	private final SimpMessageSendingOperations messaging;

	private final long classId = Http.newClassId();

	private final String roll = "/classes/" + this.classId + "/roll";

	LiveTopicTests(@LocalServerPort int port, SimpMessageSendingOperations messaging) {
		this.port = port;
		this.http = new Http(port);
		this.messaging = messaging;
	}

	@Test
	void subscriberGetsEveryPresenceOnceInOrderAndTheEndLast() {
		Answer started = this.http.start(this.classId);
		List<String> receipts = new ArrayList<>();
		Answer sheet;
		try (StompSocket watcher = watch(started.member("topic"))) {
			for (int student = 1; student <= 50; student++) {
				receipts.add(this.http.present(this.classId, "s" + student).member("at"));
				this.http.present(this.classId, "s1");
			}
			sheet = this.http.delete(this.roll);
			for (int seq = 1; seq <= 50; seq++) {
				JsonNode event = nextEvent(watcher);
				assertThat(event.propertyNames()).containsExactly("type", "classId", "rollId", "seq", "studentId",
						"at");
				assertThat(event.path("type").asString()).isEqualTo("presence");
				assertThat(event.path("classId").asLong()).isEqualTo(this.classId);
				assertThat(event.path("rollId")).isEqualTo(started.json().path("rollId"));
				assertThat(event.path("seq").asInt()).isEqualTo(seq);
				assertThat(event.path("studentId").asString()).isEqualTo("s" + seq);
				assertThat(event.path("at").asString()).isEqualTo(receipts.get(seq - 1));
			}
			JsonNode ended = nextEvent(watcher);
			assertThat(ended.propertyNames()).containsExactly("type", "classId", "rollId", "seq", "at");
			assertThat(ended.path("type").asString()).isEqualTo("ended");
			assertThat(ended.path("seq").asInt()).isEqualTo(50);
			assertThat(ended.path("at")).isEqualTo(sheet.json().path("endedAt"));
		}
	}

	@Test
	void publishedPresenceIsStored() {
		Answer started = this.http.start(this.classId);
		try (StompSocket watcher = watch(started.member("topic"))) {
			for (int seq = 1; seq <= 20; seq++) {
				this.http.sendAsync("POST", "/classes/" + this.classId + "/presence",
						"{\"studentId\": \"s%d\"}".formatted(seq), "Content-Type", "application/json");
			}
			for (int seq = 1; seq <= 20; seq++) {
				assertThat(nextEvent(watcher).path("seq").asInt()).isEqualTo(seq);
				assertThat(this.http.get(this.roll + "?after=" + (seq - 1)).json().path("presences")).isNotEmpty();
			}
		}
	}

	@Test
	void subscriberGetsOnlyEventsOfItsRoll() {
		Answer started = this.http.start(this.classId);
		long other = Http.newClassId();
		this.http.start(other);
		try (StompSocket watcher = watch(started.member("topic"))) {
			this.http.present(other, "there");
			this.http.present(this.classId, "here");
			assertThat(nextEvent(watcher).path("studentId").asString()).isEqualTo("here");
			assertThat(watcher.nextNow()).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SUBSCRIBE\nid:1\ndestination:/topic/**", "SUBSCRIBE\nid:1\ndestination:/topic/rolls.*",
			"SUBSCRIBE\nid:1\ndestination:/topic/rolls.{id}", "SUBSCRIBE\nid:1\ndestination:/topic/rolls.",
			"SUBSCRIBE\nid:1\ndestination:/topic/rolls.3f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c1?",
			"SUBSCRIBE\nid:1\ndestination:/topic/rolls.3F0E8A52-5D0B-4F6E-9B51-0D1F6C1F0C11",
			"SUBSCRIBE\nid:1\ndestination:/topic/rolls.3f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c11/x",
			"SUBSCRIBE\nid:1\ndestination:/app/rolls", "SUBSCRIBE\nid:1\ndestination:/user/queue/x",
			"SUBSCRIBE\nid:1\ndestination:/queue/x", "SUBSCRIBE\nid:1", "SEND\ndestination:/topic/rolls.{open}",
			"SEND\ndestination:/app/x", "SEND\ndestination:/user/x/queue", "SEND", "BEGIN\ntransaction:1", "ACK\nid:1",
			"NONSENSE\nx:y" })
	void everyOtherFrameIsRefused(String frame) {
		Answer started = this.http.start(this.classId);
		try (StompSocket watcher = watch(started.member("topic"))) {
			String error = refusalOf(frame.replace("{open}", started.member("rollId")) + "\n\n{\"forged\": true}\0");
			assertThat(error).startsWith("ERROR\n")
				.contains("message:" + StompReplies.ERROR_TEXT.replace(":", "\\c") + "\n");
			assertThat(StompSocket.bodyOf(error)).isEmpty();
			assertThat(error).doesNotContain("Exception", "forged");
			this.http.present(this.classId, "honest");
			assertThat(nextEvent(watcher).path("studentId").asString()).isEqualTo("honest");
		}
	}

	private String refusalOf(String frame) {
		try (StompSocket client = StompSocket.connect(this.port)) {
			client.send(frame);
			String answer = client.next();
			assertThat(client.closeCode()).isEqualTo(1002);
			return answer;
		}
	}

	@Test
	void frameOverFourKibibytesClosesTheSocket() {
		try (StompSocket client = StompSocket.connect(this.port)) {
			client.send("SUBSCRIBE\nid:0\nx:" + "y".repeat(5_000) + "\ndestination:/topic/rolls." + UUID.randomUUID()
					+ "\n\n\0");
			assertThat(client.closeCode()).isPositive();
		}
	}

	@Test
	void compressionIsDeclined() throws IOException {
		try (RawConnection client = RawConnection.to("127.0.0.1", this.port)) {
			assertThat(client.upgrade("Sec-WebSocket-Extensions: permessage-deflate\r\n").head())
				.startsWith("HTTP/1.1 101 ")
				.doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
		}
	}

	@Test
	void subscriberThatDoesNotReadIsClosedAndDelaysNoOther() throws IOException {
		String topic = this.http.start(this.classId).member("topic");
		try (RawConnection stalled = RawConnection.stalled(this.port); StompSocket watcher = watch(topic)) {
			assertThat(stalled.upgrade("").status()).isEqualTo(101);
			stalled.stomp("CONNECT|accept-version:1.2|host:localhost|heart-beat:0,0||",
					"SUBSCRIBE|id:0|destination:" + topic + "||");
			String filler = "x".repeat(60_000);
			int frames = 200;
			for (int i = 0; i < frames; i++) {
				this.messaging.convertAndSend(topic, filler);
				assertThat(nextBody(watcher)).isEqualTo(filler);
			}
			assertThat(this.http.present(this.classId, "here").status()).isEqualTo(200);
			assertThat(nextEvent(watcher).path("studentId").asString()).isEqualTo("here");
			assertThat(stalled.skipToEnd()).isLessThan((long) frames * filler.length());
		}
	}

	private StompSocket watch(String topic) {
		StompSocket watcher = StompSocket.connect(this.port);
		watcher.subscribe(topic);
		return watcher;
	}

	private static JsonNode nextEvent(StompSocket watcher) {
		return JSON.readTree(nextBody(watcher));
	}

	private static String nextBody(StompSocket watcher) {
		String frame = watcher.next();
		assertThat(frame).startsWith("MESSAGE\n");
		return StompSocket.bodyOf(frame);
	}

}
