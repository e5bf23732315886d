package rollcall.live;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Await;
import rollcall.Http;
import rollcall.ServerTest;
import rollcall.StompSocket;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The broker forgets a session, however it ended, and its end is no error in the log.
 */
@ServerTest
@ExtendWith(OutputCaptureExtension.class)
class EndedSessionTests {

	private final int port;

	private final TopicSubscriptions subscriptions;

	EndedSessionTests(@LocalServerPort int port, TopicSubscriptions subscriptions) {
		this.port = port;
		this.subscriptions = subscriptions;
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "SEND\ndestination:/topic/x\n\n\0", "DISCONNECT\n\n\0", "DISCONNECT\nreceipt:1\n\n\0" })
	void theBrokerForgetsTheSession(String lastFrame, CapturedOutput output) {
		String topic = new Http(this.port).start(Http.newClassId()).member("topic");
		try (StompSocket socket = StompSocket.connect(this.port)) {
			socket.subscribe(topic);
			assertThat(this.subscriptions.existFor(topic)).isTrue();
			if (!lastFrame.isEmpty()) {
				socket.send(lastFrame);
				socket.untilClosed();
			}
		}
		Await.until("the broker forgets the session", () -> !this.subscriptions.existFor(topic));
		assertThat(output).doesNotContain("Unhandled exception");
	}

}
