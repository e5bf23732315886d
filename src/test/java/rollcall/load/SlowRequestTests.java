package rollcall.load;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A header and a body have a time in all, however often a byte comes, and a body has a
 * size, however it is sent.
 */
@ServerTest
class SlowRequestTests {

	private static final String POST = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n";

	private static final String FORM = "application/x-www-form-urlencoded";

	private static final String JSON = "application/json";

	private final int port;

	SlowRequestTests(@LocalServerPort int port) {
		this.port = port;
	}

	@ParameterizedTest
	@CsvSource({ "/classes/91/presence," + JSON + ",Content-Length: 1000,a",
			"/classes/91/presence," + JSON + ",Transfer-Encoding: chunked,1 a", "/," + FORM + ",Content-Length: 1000,a",
			"/," + FORM + ",Transfer-Encoding: chunked,1 a", "/nothing/here," + JSON + ",Content-Length: 1000,a" })
	void bodyThatTakesTooLongIsRefused(String path, String type, String length, String piece) throws IOException {
		String answer = trickle(POST.formatted(path, type) + length + "\r\n\r\n", chunk(piece));
		assertThat(answer).startsWith("HTTP/1.1 408").contains("urn:rollcall:request-timeout", "Connection: close");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/classes/91/presence", "/nothing/here" })
	void bodyThatIsTooLargeIsRefused(String path) throws IOException {
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
	void nextRequestOfTheConnectionHasItsOwnBody() throws IOException {
		String head = POST.formatted("/", FORM);
		String answer = send(head + "Content-Length: 24\r\n\r\nclass=92&studentId=first" + head
				+ "Connection: close\r\nContent-Length: 25\r\n\r\nclass=92&studentId=second");
		assertThat(answer).contains("first", "second");
	}

	@Test
	void headerThatTakesTooLongEndsTheConnection() throws IOException {
		long began = System.nanoTime();
		trickle("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "a");
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(5));
	}

	private static String chunk(String piece) {
		return piece.replace("1 a", "1\r\na\r\n");
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
					// Nothing yet.
				}
			}
			throw new AssertionError("The server waits for ever");
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
		return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

}
