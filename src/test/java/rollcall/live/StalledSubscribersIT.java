package rollcall.live;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import rollcall.Http;
import rollcall.RawConnection;
import rollcall.ServerTest;
import rollcall.StompSocket;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.messaging.simp.SimpMessageSendingOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two hundred subscribers of a roll do not read. Another subscriber gets every event at
 * once, and a new one can connect.
 */
@ServerTest
class StalledSubscribersIT {

	private static final int STALLED = 200;

	private static final int EVENTS = 50;

	/** Larger than an event, so that the buffers of the system are full soon. */
	private static final String FILLER = "x".repeat(60_000);

	private static final Duration AT_ONCE = Duration.ofSeconds(5);

	private final int port;

	private final Http http;

	private final SimpMessageSendingOperations messaging;

	StalledSubscribersIT(@LocalServerPort int port, SimpMessageSendingOperations messaging) {
		this.port = port;
		this.http = new Http(port);
		this.messaging = messaging;
	}

	@Test
	void stalledSubscribersDelayNoOther() throws IOException {
		String topic = this.http.start(Http.newClassId()).member("topic");
		List<RawConnection> stalled = new ArrayList<>();
		try (StompSocket reading = StompSocket.connect(this.port)) {
			reading.subscribe(topic);
			for (int i = 0; i < STALLED; i++) {
				RawConnection client = RawConnection.stalled(this.port);
				stalled.add(client);
				assertThat(client.upgrade("").status()).isEqualTo(101);
				client.stomp("CONNECT|accept-version:1.2|host:localhost|heart-beat:0,0||",
						"SUBSCRIBE|id:0|destination:" + topic + "||");
			}
			long slowest = 0;
			for (int i = 0; i < EVENTS; i++) {
				long sent = System.nanoTime();
				this.messaging.convertAndSend(topic, FILLER);
				assertThat(StompSocket.bodyOf(reading.next())).isEqualTo(FILLER);
				try (StompSocket another = StompSocket.connect(this.port)) {
					another.subscribe(topic);
				}
				slowest = Math.max(slowest, System.nanoTime() - sent);
			}
			System.out.println("stalled subscribers: slowest event " + slowest / 1_000_000 + " ms");
			assertThat(slowest).isLessThan(AT_ONCE.toNanos());
		}
		finally {
			for (RawConnection client : stalled) {
				client.close();
			}
		}
	}

}
