package rollcall.live;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http;
import rollcall.ServerTest;
import rollcall.StompSocket;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A refused frame is answered with exactly one ERROR, after all earlier frames and before
 * the close, and later frames are ignored.
 */
@ServerTest
class ErrorIT {

	private static final String CONNECT = "CONNECT\naccept-version:1.2\nheart-beat:0,0\n\n\0";

	/** An ERROR could be lost by a race, which happens in some rounds only. */
	private static final int ROUNDS = 100;

	private final int port;

	private final TopicSubscriptions subscriptions;

	private final String topic;

	ErrorIT(@LocalServerPort int port, TopicSubscriptions subscriptions) {
		this.port = port;
		this.subscriptions = subscriptions;
		this.topic = new Http(port).start(Http.newClassId()).member("topic");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SEND\ndestination:/topic/x\n\nh0stile\0", "SUBSCRIBE\nid:0\ndestination:/topic/**\n\n\0",
			"CONNECT\naccept-version:1.2\n\n\0", "NONSENSE\n\n\0", "SUBSCRIBE\nid\\x:0\n\n\0", "ACK\nid:1\n\n\0" })
	void errorIsNeverLost(String refused) {
		for (int i = 0; i < ROUNDS; i++) {
			assertThat(StompSocket.answers(this.port, CONNECT, refused)).containsExactly("CONNECTED", "ERROR",
					"CLOSED 1002");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SEND\ndestination:/topic/x\n\nh0stile\0", "SUBSCRIBE\nid:0\ndestination:/topic/**\n\n\0",
			"CONNECT\naccept-version:1.2\n\n\0", "ACK\nid:1\n\n\0" })
	void errorIsNotLostAfterConnectInTheSameMessage(String refused) {
		for (int i = 0; i < ROUNDS; i++) {
			assertThat(StompSocket.answers(this.port, CONNECT + refused + refused)).containsExactly("CONNECTED",
					"ERROR", "CLOSED 1002");
		}
	}

	@Test
	void errorIsNotLostInAFlood() {
		for (int i = 0; i < 5; i++) {
			try (StompSocket socket = StompSocket.connect(this.port)) {
				socket.send("ACK\nid:1\n\n\0");
				for (int frame = 0; frame < 2 * SocketState.MAX_MESSAGES_PER_SECOND; frame++) {
					socket.sendIfOpen("\n");
				}
				assertThat(socket.untilClosed()).containsExactly("ERROR", "CLOSED 1002");
			}
		}
	}

	@Test
	void framesAfterARefusedFrameAreIgnored() {
		StompSocket.answers(this.port,
				CONNECT + "ACK\nid:1\n\n\0SUBSCRIBE\nid:0\ndestination:" + this.topic + "\n\n\0");
		assertThat(this.subscriptions.existFor(this.topic)).isFalse();
	}

	@Test
	void errorNamesTheReceiptOfTheRefusedFrame() {
		try (StompSocket socket = StompSocket.connect(this.port)) {
			socket.send("SUBSCRIBE\nid:0\ndestination:/topic/**\nreceipt:7\n\n\0");
			assertThat(StompSocket.header(socket.next(), "receipt-id")).isEqualTo("7");
		}
	}

}
