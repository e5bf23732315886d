package rollcall.problem;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import rollcall.ServerTest;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends each of {@link HostileHeaders} with each kind of request. No answer may be an
 * internal error or have another form than the API's, and no value may be logged.
 */
class HostileHeadersIT {

	private static final List<String> REQUESTS = List.of("GET /", "HEAD /42", "POST / form", "GET /42/receipt",
			"GET /asyncapi.yaml", "GET /assets/student.js", "GET /assets/WEB-INF/" + HostileHeaders.MARKER,
			"GET /favicon.ico", "GET /classes", "GET /classes/42/roll", "POST /classes/42/roll",
			"DELETE /classes/42/roll", "POST /classes/42/presence json", "OPTIONS /classes/42/roll",
			"TRACE /classes/42/roll", "PROPFIND /classes", "GET /ws upgrade", "GET /ws", "PATCH /ws", "OPTIONS /ws",
			"GET /actuator/health", "GET /actuator/prometheus", "GET /v3/api-docs", "GET /swagger-ui/index.html",
			"GET /teacher", "OPTIONS /teacher", "GET /teacher/address", "GET /teacher/session", "GET /teacher/app.js",
			"GET /login", "POST /login form", "POST /logout", "GET /" + HostileHeaders.MARKER);

	private static final int CONNECTIONS = 8;

	/** Of all requests together; the server logs a few lines of its own. */
	private static final int MAX_LOG_CHARACTERS = 4_000;

	private static final int PATIENCE_MS = 30_000;

	/**
	 * Requests from this machine are the teacher's.
	 */
	@Nested
	@ServerTest
	@ExtendWith(OutputCaptureExtension.class)
	class InProtectedMode {

		private final int port;

		InProtectedMode(@LocalServerPort int port) {
			this.port = port;
		}

		@Test
		void answersHaveOneFormAndValuesAreNotLogged(CapturedOutput log) throws Exception {
			sendAll(this.port, "", log);
		}

	}

	/**
	 * With accounts and a trusted proxy.
	 */
	@Nested
	@ServerTest
	@ExtendWith(OutputCaptureExtension.class)
	@TestPropertySource(properties = { "rollcall.trusted-proxies=127.0.0.1", "rollcall.teachers[0].name=ana",
			"rollcall.teachers[0].password-hash=" + WithAccounts.HASH })
	class WithAccounts {

		/** Hash of the password "secret" with the lowest cost. */
		static final String HASH = "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW";

		private final int port;

		WithAccounts(@LocalServerPort int port) {
			this.port = port;
		}

		@Test
		void answersHaveOneFormAndValuesAreNotLogged(CapturedOutput log) throws Exception {
			String login = Base64.getEncoder().encodeToString("ana:secret".getBytes(StandardCharsets.UTF_8));
			sendAll(this.port, "Authorization: Basic " + login + "\r\n", log);
		}

	}

	private static void sendAll(int port, String login, CapturedOutput log) throws Exception {
		int logged = log.getAll().length();
		ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
		try {
			List<Future<String>> complaints = REQUESTS.stream()
				.flatMap((request) -> HostileHeaders.lines()
					.stream()
					.map((header) -> connections.submit(() -> complaint(port, request, header, login))))
				.toList();
			StringBuilder all = new StringBuilder();
			for (Future<String> complaint : complaints) {
				all.append(complaint.get());
			}
			assertThat(all.toString()).isEmpty();
		}
		finally {
			connections.shutdownNow();
		}
		String written = log.getAll().substring(logged);
		assertThat(written).doesNotContain(HostileHeaders.MARKER, "\tat ").hasSizeLessThan(MAX_LOG_CHARACTERS);
	}

	/** Returns the error in an answer, empty if there is none. */
	private static String complaint(int port, String request, String header, String login) throws IOException {
		String answer = exchange(port, message(port, request, header, login));
		String shown = request + " | " + header.substring(0, Math.min(90, header.length())) + " | ";
		if (answer.isEmpty() || answer.startsWith("HTTP/1.1 101 ")) {
			return "";
		}
		String last = answer.substring(answer.startsWith("HTTP/1.1 100 ") ? answer.indexOf("\r\n\r\n") + 4 : 0);
		if (last.isEmpty()) {
			return "";
		}
		int status = Integer.parseInt(last.split(" ", 3)[1]);
		String head = last.substring(0, last.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
		if (status >= 500 && status != 503) {
			return shown + status + "\n";
		}
		if (last.contains("\tat ") || last.contains("Exception")) {
			return shown + "stack trace\n";
		}
		boolean page = request.startsWith("POST / ") && status == 422 || request.startsWith("GET / ") && status == 404
				|| header.startsWith("Accept: text/html") && head.contains("\r\ncontent-type: text/html");
		if (status >= 400 && !page && !head.contains("\r\ncontent-type: application/problem+json")) {
			return shown + status + " in another form\n";
		}
		return head.contains(HostileHeaders.MARKER.toLowerCase(Locale.ROOT)) ? shown + "echoed in a header\n" : "";
	}

	private static String message(int port, String request, String header, String login) {
		String[] words = request.split(" ");
		String kind = (words.length > 2) ? words[2] : "";
		String name = header.substring(0, header.indexOf(':') + 1);
		String body = switch (kind) {
			case "json" -> "{\"studentId\": \"1\"}";
			case "form" -> "class=42&studentId=1&username=x&password=y";
			default -> "";
		};
		String type = kind.equals("json") ? "application/json" : "application/x-www-form-urlencoded";
		String usual = "Host: localhost:" + port + "\r\n" + login
				+ (kind.equals("upgrade") ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
						+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" : "Connection: close\r\n")
				+ (body.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
				+ ((body.isEmpty() || name.equals("Transfer-Encoding:")) ? ""
						: "Content-Length: " + body.length() + "\r\n")
				+ (name.startsWith("Access-Control") ? "Origin: http://localhost:" + port + "\r\n" : "")
				+ (name.equals("If-Range:") ? "Range: bytes=0-1\r\n" : "");
		String others = usual.lines()
			.filter((line) -> !line.startsWith(name))
			.map((line) -> line + "\r\n")
			.reduce("", String::concat);
		return words[0] + " " + words[1] + " HTTP/1.1\r\n" + others + header + "\r\n\r\n" + body;
	}

	/** Closes the sending direction, so that the server waits for no more bytes. */
	private static String exchange(int port, String message) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", port)) {
			socket.setSoTimeout(PATIENCE_MS);
			socket.getOutputStream().write(message.getBytes(StandardCharsets.ISO_8859_1));
			socket.shutdownOutput();
			InputStream in = socket.getInputStream();
			return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
		}
		catch (SocketTimeoutException ex) {
			return "HTTP/1.1 599 No answer\r\n\r\n" + Objects.toString(ex.getMessage());
		}
		catch (IOException ex) {
			// The server closed the connection before it had read the whole request.
			return "";
		}
	}

}
