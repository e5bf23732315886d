package rollcall.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The messages about a server that is missing, fails, or is another program. */
class UnfriendlyServerTests {

	private final ScriptedTerminal terminal = ScriptedTerminal.pipes();

	@Test
	void stoppedServerIsReported() throws IOException {
		int free;
		try (ServerSocket socket = new ServerSocket(0)) {
			free = socket.getLocalPort();
		}
		assertThat(start("http://localhost:" + free)).isEqualTo(3);
		assertThat(warning()).isEqualTo(
				"No server at http://localhost:" + free + ". Is it running, and is the address right? (--server)\n");
	}

	@Test
	void unknownHostNameIsReported() {
		assertThat(start("http://no-such-host.invalid")).isEqualTo(3);
		assertThat(warning()).contains("no machine with the name no-such-host.invalid");
	}

	@Test
	void connectionClosedWithoutAnAnswerIsReported() throws IOException {
		try (Stub stub = new Stub("")) {
			assertThat(start(stub.url())).isEqualTo(3);
			assertThat(warning()).contains("was lost before its answer came");
		}
	}

	@Test
	void serverWithoutTlsIsReported() throws IOException {
		try (Stub stub = new Stub("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
			assertThat(start(stub.url().replace("http", "https"))).isEqualTo(3);
			assertThat(warning()).startsWith("No secure connection to https://");
		}
	}

	@ParameterizedTest
	@CsvSource({ "200 OK, text/html, <html>Welcome</html>", "200 OK, application/json, <html>",
			"200 OK, application/json, {}", "200 OK, application/json, [1]",
			"404 Not Found, text/html, <html>Not here</html>", "404 Not Found, application/problem+json, {}",
			"302 Found, text/html, <html>Log in</html>" })
	void anotherHttpServerIsReported(String status, String type, String body) throws IOException {
		try (Stub stub = Stub.answering(status, type, body)) {
			assertThat(start(stub.url())).isEqualTo(4);
			assertThat(warning())
				.isEqualTo("A program answers at " + stub.url() + ", but it is not a rollcall server\n");
		}
	}

	@Test
	void serverOfAnotherProtocolIsReported() throws IOException {
		try (Stub stub = new Stub("220 smtp.example ESMTP\r\n")) {
			assertThat(start(stub.url())).isEqualTo(4);
			assertThat(warning()).contains("not a rollcall server");
		}
	}

	@Test
	void missingLoginOrRightIsReported() throws IOException {
		try (Stub stub = Stub.answering("401 Unauthorized", "application/problem+json", "{}")) {
			assertThat(start(stub.url())).isEqualTo(4);
			assertThat(warning()).contains("--user NAME");
		}
		try (Stub stub = Stub.answering("403 Forbidden", "application/problem+json", "{\"detail\":\"Only here.\"}")) {
			assertThat(start(stub.url())).isEqualTo(4);
			assertThat(warning()).contains("does not allow this").contains("Only here.");
		}
	}

	@Test
	void controlCharactersOfAServerAreReplaced() throws IOException {
		try (Stub stub = Stub.answering("500 Oops", "application/problem+json",
				"{\"type\":\"urn:rollcall:internal-error\",\"detail\":\"\\u001b[2J\"}")) {
			assertThat(start(stub.url())).isEqualTo(4);
			assertThat(warning()).contains("(500): ?[2J");
		}
	}

	@Test
	void theUserIsSentWithBasicAuthentication() throws IOException {
		try (Stub stub = Stub.answering("401 Unauthorized", "application/problem+json", "{}")) {
			this.terminal.run("teacher", "start", "42", "--server", stub.url(), "--user", "ana");
			assertThat(stub.request().toString()).contains("Authorization: Basic YW5hOnNlY3JldA==\r\n");
		}
	}

	private int start(String server) {
		return this.terminal.run("teacher", "start", "42", "--server", server);
	}

	private String warning() {
		return this.terminal.warned().toString();
	}

	/** Gives every client the same answer and closes the connection. */
	private static final class Stub implements AutoCloseable {

		private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

		private final Transcript request = new Transcript();

		private final String answer;

		Stub(String answer) throws IOException {
			this.answer = answer;
			Thread thread = new Thread(this::serve, "stub");
			thread.setDaemon(true);
			thread.start();
		}

		static Stub answering(String status, String type, String body) throws IOException {
			return new Stub("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
					+ "\r\nConnection: close\r\n\r\n" + body);
		}

		String url() {
			return "http://localhost:" + this.listener.getLocalPort();
		}

		Transcript request() {
			return this.request;
		}

		private void serve() {
			while (!this.listener.isClosed()) {
				try (Socket socket = this.listener.accept()) {
					byte[] buffer = new byte[8_192];
					int count = socket.getInputStream().read(buffer);
					this.request.write(new String(buffer, 0, Math.max(0, count), StandardCharsets.ISO_8859_1));
					socket.getOutputStream().write(this.answer.getBytes(StandardCharsets.UTF_8));
					socket.getOutputStream().flush();
				}
				catch (IOException ex) {
					// Accept the next client.
				}
			}
		}

		@Override
		public void close() throws IOException {
			this.listener.close();
		}

	}

}
