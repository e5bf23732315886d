package rollcall.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.FreePort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The messages about a server that is missing, fails, or is another program. */
class UnfriendlyServerTests {

	private final ScriptedTerminal terminal = ScriptedTerminal.pipes();

	@Test
	void stoppedServerIsReported() {
		int free = FreePort.next();
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

	/** A command that sends one request fails and names the foreign answer. */
	@ParameterizedTest
	@CsvSource({ "200 OK, text/html, <html>Welcome</html>", "200 OK, application/json, <html>",
			"200 OK, application/json, {}", "200 OK, application/json, [1]", "201 Created, text/plain, done",
			"204 No Content, text/plain, ''", "302 Found, text/html, <html>Log in</html>",
			"401 Unauthorized, text/html, <html>Log in</html>", "403 Forbidden, application/problem+json, {}",
			"404 Not Found, text/html, <html>Not here</html>", "404 Not Found, application/problem+json, {}",
			"404 Not Found, application/json, {\"type\":\"urn:rollcall:no-open-roll\"}",
			"404 Not Found, text/plain, urn:rollcall:no-open-roll",
			"409 Conflict, application/problem+json, {\"type\":\"about:blank\"}",
			"412 Precondition Failed, text/plain, ''", "429 Too Many Requests, text/plain, slow",
			"500 Oops, text/plain, ''" })
	void foreignAnswerIsReported(String status, String type, String body) throws IOException {
		try (Stub stub = Stub.answering(status, type, body)) {
			for (String command : List.of("start", "end", "watch", "call")) {
				ScriptedTerminal screen = ScriptedTerminal.pipes();
				assertThat(screen.run("teacher", command, "42", "--server", stub.url())).as(command).isEqualTo(4);
				assertThat(screen.warned().toString()).startsWith(stub.url() + ": another program answered (status "
						+ status.substring(0, 3) + "), not a rollcall server.");
			}
		}
	}

	/** Neither the page of a proxy nor the receipt of somebody else is an answer. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			404 Not Found | text/html        | <html>
			200 OK        | application/json | {"classId":0}
			200 OK        | application/json | {"classId":42,"studentId":"2","at":"2026-03-08T00:05:09.123Z"}
			200 OK        | application/json | {"classId":43,"studentId":"1","at":"2026-03-08T00:05:09.123Z"}
			""")
	void foreignAnswerToAPresenceIsNotBelieved(String status, String type, String body) throws IOException {
		try (Stub stub = Stub.answering(status, type, body)) {
			RollClient client = new RollClient(ServerAddress.parse(stub.url()), Map.of());
			assertThatExceptionOfType(Failure.Passing.class).isThrownBy(() -> client.record(42, "1", null));
		}
	}

	/** The JDK's client throws an unchecked exception at this header. */
	@Test
	void anEmptyLoginHeaderLosesNoScan() throws IOException {
		String answer = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: \r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
		try (Stub stub = new Stub(answer)) {
			assertThat(start(stub.url())).isEqualTo(4);
			assertThat(warning()).startsWith("A program answers at " + stub.url() + ", but not in HTTP.");
			ScriptedTerminal reader = ScriptedTerminal.pipes();
			reader.type("042191010");
			reader.endInput();
			assertThat(reader.run("teacher", "scan", "42", "--give-up-after", "0", "--server", stub.url()))
				.isEqualTo(3);
			assertThat(reader.warned().toString()).endsWith("Not sent: 1\n042191010\n");
		}
	}

	/** Such as the pictures of a camera. */
	@Test
	void aForeignAnswerWithoutAnEndIsNotAwaited() throws IOException {
		HttpServer camera = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		camera.createContext("/", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace");
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().write(1);
			exchange.getResponseBody().flush();
		});
		camera.start();
		try {
			assertThat(start("http://localhost:" + camera.getAddress().getPort())).isEqualTo(4);
			assertThat(warning()).contains("another program answered (status 200)");
		}
		finally {
			camera.stop(0);
		}
	}

	/** A proxy may give an answer that it has kept for somebody else. */
	@ParameterizedTest
	@ValueSource(strings = { "start", "watch", "end", "mark" })
	void theRollOfAnotherClassIsNotBelieved(String command) throws IOException {
		try (Stub stub = Stub.answering("200 OK", "application/json",
				"{\"classId\":43,\"rollId\":\"6871ded2-0d1b-4d6c-89af-f59af8ec439b\",\"topic\":\"/topic/x\",\"seq\":0,"
						+ "\"startedAt\":\"2026-03-08T00:05:09.123Z\",\"presences\":[]}")) {
			String line = "teacher " + command + " 42 " + (command.equals("mark") ? "1 late " : "") + "--server ";
			assertThat(this.terminal.begin((line + stub.url()).split(" ")).join()).isEqualTo(4);
			assertThat(warning()).contains("another program answered (status 200)");
		}
	}

	@Test
	void missingLoginOrRightIsReported() throws IOException {
		try (Stub stub = Stub.answering("401 Unauthorized", "application/problem+json",
				"{\"type\":\"urn:rollcall:unauthorized\"}")) {
			assertThat(start(stub.url())).isEqualTo(4);
			assertThat(warning()).contains("--user NAME");
		}
		try (Stub stub = Stub.answering("403 Forbidden", "application/problem+json",
				"{\"type\":\"urn:rollcall:forbidden\",\"detail\":\"Only here.\"}")) {
			assertThat(start(stub.url())).isEqualTo(4);
			assertThat(warning()).contains("does not allow this").contains("Only here.");
		}
	}

	@Test
	void controlCharactersOfAServerAreReplaced() throws IOException {
		try (Stub stub = Stub.answering("500 Oops", "application/problem+json",
				"{\"type\":\"urn:rollcall:internal-error\",\"detail\":\"\\u001b[2J \\u009b2J\"}")) {
			assertThat(start(stub.url())).isEqualTo(4);
			assertThat(warning()).contains("(500): ?[2J ?2J");
		}
	}

	@Test
	void theUserIsSentWithBasicAuthentication() throws IOException {
		try (Stub stub = Stub.answering("401 Unauthorized", "application/problem+json", "{}")) {
			this.terminal.run("teacher", "start", "42", "--server", stub.url(), "--user", "ana");
			assertThat(stub.request().toString()).contains("Authorization: Basic YW5hOnNlY3JldA==\r\n");
		}
	}

	/** Then the code counts as sent at the first attempt. */
	@Test
	void aStudentsCodeIsRepeatedWithTheTicketOfABusyServer() throws IOException {
		BlockingQueue<String> requests = new LinkedBlockingQueue<>();
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			requests.add(exchange.getRequestHeaders().getFirst("Cookie") + " "
					+ new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			boolean busy = requests.size() < 3;
			byte[] body = (busy ? "{\"type\":\"urn:rollcall:overloaded\",\"ticket\":\"t-1\"}"
					: "{\"classId\":42,\"studentId\":\"1\",\"at\":\"2026-03-08T00:05:09.123Z\"}")
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", busy ? "application/problem+json" : "application/json");
			exchange.sendResponseHeaders(busy ? 503 : 200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.start();
		try {
			int port = server.getAddress().getPort();
			assertThat(this.terminal.run("student", "42", "1", "--code", "BCDFGH", "--server", "localhost:" + port))
				.isZero();
		}
		finally {
			server.stop(0);
		}
		assertThat(requests).hasSize(3).allMatch((request) -> request.matches("rollcall-phone=[0-9a-f-]{36} .*"));
		assertThat(requests).extracting((request) -> request.substring(request.indexOf('{')))
			.containsExactly("{\"studentId\":\"1\",\"code\":\"BCDFGH\"}",
					"{\"studentId\":\"1\",\"code\":\"BCDFGH\",\"ticket\":\"t-1\"}",
					"{\"studentId\":\"1\",\"code\":\"BCDFGH\",\"ticket\":\"t-1\"}");
	}

	/** Another library sends these requests. */
	@Test
	void aPatchRequestFailsAsOthersDo() throws IOException {
		try (Stub stub = new Stub("")) {
			assertThatExceptionOfType(Failure.LostAnswer.class).isThrownBy(() -> patch(stub.url()));
		}
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> patch("http://localhost:1"))
			.matches((failure) -> failure.exitCode() == Failure.ExitCode.UNREACHABLE)
			.withMessage("server.off");
	}

	private static void patch(String server) {
		new Http(ServerAddress.parse(server), Map.of()).send("PATCH", "/classes/42/roll", Map.of(), "{}");
	}

	private int start(String server) {
		return this.terminal.run("teacher", "start", "42", "--server", server);
	}

	private String warning() {
		return this.terminal.warned().toString();
	}

}
