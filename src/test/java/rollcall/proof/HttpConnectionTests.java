package rollcall.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client never mistakes a lost answer for a refusal or for success: the checker
 * relies on this.
 */
class HttpConnectionTests {

	@Test
	void aCompleteResponseIsAnswered() throws Exception {
		assertThat(outcomeOf("HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\n{}"))
			.isInstanceOfSatisfying(Outcome.Answered.class, (answer) -> {
				assertThat(answer.status()).isEqualTo(200);
				assertThat(answer.body()).isEqualTo("{}");
			});
	}

	@Test
	void aChunkedResponseIsRead() throws Exception {
		assertThat(outcomeOf("HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"))
			.isInstanceOfSatisfying(Outcome.Answered.class, (answer) -> assertThat(answer.body()).isEqualTo("abcde"));
	}

	@Test
	void anIncompleteResponseIsUnknown() throws Exception {
		for (String half : List.of("", "HTTP/1.1 20", "HTTP/1.1 200 \r\nContent-Length: 3\r\n",
				"HTTP/1.1 200 \r\nContent-Length: 3\r\n\r\n{}",
				"HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")) {
			assertThat(outcomeOf(half)).isInstanceOf(Outcome.Unknown.class);
		}
	}

	@Test
	void aRefusedConnectionIsUnsent() throws Exception {
		int port;
		try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = closed.getLocalPort();
		}
		try (HttpConnection connection = new HttpConnection(URI.create("http://127.0.0.1:" + port))) {
			assertThat(connection.send("GET", "/", null)).isInstanceOf(Outcome.Unsent.class);
		}
	}

	private static Outcome outcomeOf(String answer) throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				HttpConnection connection = new HttpConnection(
						URI.create("http://127.0.0.1:" + server.getLocalPort()))) {
			CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> connection.send("GET", "/", null));
			try (Socket client = server.accept()) {
				while (!endsHead(client)) {
					continue;
				}
				client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
			}
			return outcome.join();
		}
	}

	/** Reads up to the next line end and says whether the line was empty. */
	private static boolean endsHead(Socket client) throws IOException {
		int length = 0;
		for (int c = client.getInputStream().read(); c != '\n' && c >= 0; c = client.getInputStream().read()) {
			length++;
		}
		return length <= 1;
	}

}
