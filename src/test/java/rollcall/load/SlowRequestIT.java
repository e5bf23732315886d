package rollcall.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers and bodies have a total time limit, also if bytes arrive all the time. Bodies
 * have a size limit, also chunked ones.
 */
@ServerTest
class SlowRequestIT {

	private static final String POST = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n";

	private static final String FORM = "application/x-www-form-urlencoded";

	private static final String JSON = "application/json";

	private final int port;

	SlowRequestIT(@LocalServerPort int port) {
		this.port = port;
	}

	/** Sends all requests at the same time, because each takes eight seconds. */
	@Test
	void slowBodiesAreRefused() {
		List<CompletableFuture<String>> answers = Stream
			.of(POST.formatted("/classes/91/presence", JSON), POST.formatted("/", FORM),
					POST.formatted("/nothing/here", JSON))
			.flatMap((head) -> Stream.of(() -> trickle(head + "Content-Length: 1000\r\n\r\n", "a"),
					(Callable<String>) () -> trickle(head + "Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n")))
			.map(SlowRequestIT::inBackground)
			.toList();
		assertThat(answers).extracting(CompletableFuture::join)
			.allSatisfy((answer) -> assertThat(answer).startsWith("HTTP/1.1 408")
				.contains("urn:rollcall:request-timeout", "Connection: close"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/classes/91/presence", "/nothing/here" })
	void tooLargeBodyIsRefused(String path) throws IOException {
		String head = POST.formatted(path, path.equals("/") ? FORM : JSON);
		String large = "a".repeat(16_385);
		for (String request : new String[] { head + "Content-Length: 16385\r\n\r\n" + large,
				head + "Transfer-Encoding: chunked\r\n\r\n4001\r\n" + large + "\r\n0\r\n\r\n" }) {
			assertThat(send(request)).startsWith("HTTP/1.1 413").contains("urn:rollcall:body-too-large");
		}
	}

	@Test
	void bodyInBrokenChunksIsRefused() throws IOException {
		String answer = send(
				POST.formatted("/classes/91/presence", JSON) + "Transfer-Encoding: chunked\r\n\r\nnot a length\r\n");
		assertThat(answer).startsWith("HTTP/1.1 400").contains("urn:rollcall:bad-request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 28\r\n\r\nclass=92&studentId=042191010",
			"Transfer-Encoding: chunked\r\n\r\n9\r\nclass=92&\r\n13\r\nstudentId=042191010\r\n0\r\n\r\n" })
	void formIsRead(String lengthAndBody) throws IOException {
		assertThat(send(POST.formatted("/", FORM) + "Connection: close\r\n" + lengthAndBody)).contains("042191010");
	}

	@Test
	void nextRequestOfAConnectionHasItsOwnBody() throws IOException {
		String head = POST.formatted("/", FORM);
		try (Socket socket = connect()) {
			socket.getOutputStream()
				.write((head + "Content-Length: 24\r\n\r\nclass=92&studentId=first")
					.getBytes(StandardCharsets.US_ASCII));
			byte[] first = new byte[16_384];
			int length = socket.getInputStream().read(first);
			assertThat(new String(first, 0, length, StandardCharsets.UTF_8)).doesNotContain("Connection: close");
			socket.getOutputStream()
				.write((head + "Connection: close\r\nContent-Length: 25\r\n\r\nclass=92&studentId=second")
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(answer(socket)).contains("second");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /assets/student.js HTTP/1.1\r\nHost: localhost\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + FORM + "\r\nContent-Length: 5\r\n\r\nclass" })
	void connectionWithPipelinedRequestsIsClosedAfterOneAnswer(String request) throws IOException {
		String answers = send(request.repeat(50));
		assertThat(answers.split("HTTP/1\\.1 ", -1)).hasSize(2);
		assertThat(answers).contains("Connection: close");
	}

	@Test
	void connectionWithASlowHeaderIsClosed() throws IOException {
		long began = System.nanoTime();
		trickle("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "a");
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(5));
	}

	private static CompletableFuture<String> inBackground(Callable<String> request) {
		CompletableFuture<String> answer = new CompletableFuture<>();
		new Thread(() -> {
			try {
				answer.complete(request.call());
			}
			catch (Exception ex) {
				answer.completeExceptionally(ex);
			}
		}).start();
		return answer;
	}

	private String send(String request) throws IOException {
		try (Socket socket = connect()) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return answer(socket);
		}
	}

	/** Sends a piece every half second until the server answers or closes. */
	private String trickle(String head, String piece) throws IOException {
		try (Socket socket = connect()) {
			socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
			socket.setSoTimeout(500);
			for (int i = 0; i < 200; i++) {
				socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
				try {
					return answer(socket);
				}
				catch (SocketTimeoutException ex) {
					// No answer yet.
				}
			}
			throw new AssertionError("The server waits without a time limit");
		}
		catch (SocketException ex) {
			return "";
		}
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket("127.0.0.1", this.port);
		socket.setSoTimeout(60_000);
		return socket;
	}

	private static String answer(Socket socket) throws IOException {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		try {
			socket.getInputStream().transferTo(answer);
		}
		catch (SocketException ex) {
			// The server resets a connection that it has not read to its end.
			assertThat(answer.size()).isPositive();
		}
		return answer.toString(StandardCharsets.UTF_8);
	}

}
