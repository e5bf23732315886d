package rollcall.access;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rollcall.Needs;
import rollcall.RawConnection.Answer;
import rollcall.RawConnection;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A table of requests with their client, headers, login and expected outcome, sent to a
 * whole server over its real port. It also checks that a refused start has not started a
 * roll and that a refused end has not ended one.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
abstract class AccessMatrix {

	/** No other test uses this id. It must not appear in a log. */
	static final String STUDENT = "s3cr3t-042191010";

	private static final AtomicLong NEXT_CLASS = new AtomicLong(1_000);

	@LocalServerPort
	int port;

	private Optional<Namespace> namespace = Optional.empty();

	@BeforeAll
	void openNamespace() {
		this.namespace = Namespace.open(this.port);
	}

	@AfterAll
	void closeNamespace() throws Exception {
		if (this.namespace.isPresent()) {
			this.namespace.get().close();
		}
	}

	/** Returns the lines of the table. */
	abstract String table();

	/** Returns the header of the owner of the rolls. */
	abstract String owner();

	/** Returns the header of a login by its name in the table. */
	abstract String login(String name);

	Stream<String> cases() {
		return table().lines().filter((line) -> !line.isBlank() && !line.startsWith("#"));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void requestHasTheOutcomeInTheTable(String line, CapturedOutput log) throws IOException {
		List<String> cells = Stream.of(line.split("\\|", -1)).map(String::trim).toList();
		String operation = cells.get(0);
		String from = cells.get(1);
		String expected = cells.get(4);
		long classId = NEXT_CLASS.incrementAndGet();
		String topic = operation.equals("start") ? "" : openRoll(classId);
		String token = operation.startsWith("projector") ? openProjector(classId) : "";
		String headers = host(from, cells.get(2)) + extra(cells.get(2)) + login(cells.get(3));
		String outcome = operation.equals("subscribe") ? subscribe(from, headers, topic, classId)
				: outcome(operation, ask(from, request(operation, classId, token, headers)));
		assertThat(outcome).as(line).isEqualTo(expected);
		if (operation.equals("start") || operation.equals("end")) {
			assertThat(isOpen(classId)).as("a roll is open after: " + line)
				.isEqualTo(operation.equals("start") == expected.equals("yes"));
		}
		if (!token.isEmpty()) {
			assertThat(isShown(token)).as("the address is valid after: " + line)
				.isEqualTo(!(operation.equals("projector-close") && expected.equals("yes")));
			assertThat(log.getAll()).doesNotContain(token);
		}
		assertThat(log.getAll()).doesNotContain(STUDENT, "10.231.");
	}

	private String request(String operation, long classId, String token, String headers) {
		return switch (operation) {
			case "start" -> "POST /classes/" + classId + "/roll HTTP/1.1\r\n" + headers + "\r\n";
			case "end" -> "DELETE /classes/" + classId + "/roll HTTP/1.1\r\n" + headers + "\r\n";
			case "read" -> "GET /classes/" + classId + "/roll HTTP/1.1\r\n" + headers + "\r\n";
			case "list" -> "GET /classes HTTP/1.1\r\n" + headers + "\r\n";
			case "docs" -> "GET /v3/api-docs HTTP/1.1\r\n" + headers + "\r\n";
			case "docs-yaml" -> "GET /v3/api-docs.yaml HTTP/1.1\r\n" + headers + "\r\n";
			case "docs-topic" -> "GET /asyncapi.yaml HTTP/1.1\r\n" + headers + "\r\n";
			case "docs-config" -> "GET /v3/api-docs/swagger-config HTTP/1.1\r\n" + headers + "\r\n";
			case "docs-script" -> "GET /swagger-ui/swagger-initializer.js HTTP/1.1\r\n" + headers + "\r\n";
			case "sneak-docs" -> "GET /swagger-ui/../classes HTTP/1.1\r\n" + headers + "\r\n";
			case "docs-page" -> "GET /swagger-ui/index.html HTTP/1.1\r\n" + headers + "\r\n";
			case "metrics" -> "GET /actuator/prometheus HTTP/1.1\r\n" + headers + "\r\n";
			case "sbom" -> "GET /actuator/sbom HTTP/1.1\r\n" + headers + "\r\n";
			case "health" -> "GET /actuator/health HTTP/1.1\r\n" + headers + "\r\n";
			case "teacher" -> "GET /teacher HTTP/1.1\r\nAccept: text/html\r\n" + headers + "\r\n";
			case "sneak" -> "GET /classes/" + classId + "/presence/../roll HTTP/1.1\r\n" + headers + "\r\n";
			case "sneak-parameter" -> "GET /classes/" + classId + "/roll;/presence HTTP/1.1\r\n" + headers + "\r\n";
			case "sneak-escape" -> "GET /%63lasses/" + classId + "/roll HTTP/1.1\r\n" + headers + "\r\n";
			case "sneak-assets" -> "GET /assets/../classes HTTP/1.1\r\n" + headers + "\r\n";
			case "preflight" -> "OPTIONS /classes/" + classId
					+ "/roll HTTP/1.1\r\nAccess-Control-Request-Method: POST\r\n" + headers + "\r\n";
			case "presence" -> presence(classId, STUDENT, headers);
			case "presence-text" -> presence(classId, STUDENT, headers).replace("Content-Type: application/json",
					"Content-Type: text/plain");
			case "deadline" -> "GET /" + classId + "/deadline HTTP/1.1\r\n" + headers + "\r\n";
			case "deadline-parameter" -> "GET /" + classId + "/deadline;x HTTP/1.1\r\n" + headers + "\r\n";
			case "projector-add" -> "POST /classes/" + classId + "/roll/projector HTTP/1.1\r\n" + headers + "\r\n";
			case "projector-close" -> "DELETE /classes/" + classId + "/roll/projector HTTP/1.1\r\n" + headers + "\r\n";
			case "projector-page" -> "GET /p/" + token + " HTTP/1.1\r\nAccept: text/html\r\n" + headers + "\r\n";
			case "projector-state" -> "GET /p/" + token + "/state HTTP/1.1\r\n" + headers + "\r\n";
			case "projector-dash" ->
				"GET /p/" + token.substring(0, 4) + "-" + token.substring(4) + "/state HTTP/1.1\r\n" + headers + "\r\n";
			case "projector-space" -> "GET /P/" + token.substring(0, 4).toLowerCase(Locale.ROOT) + "%20"
					+ token.substring(4) + "/state HTTP/1.1\r\n" + headers + "\r\n";
			case "projector-escape" ->
				"GET /p/" + token.replaceFirst(".", "%42") + "/state HTTP/1.1\r\n" + headers + "\r\n";
			case "projector-post" -> "POST /p/" + token + "/state HTTP/1.1\r\n" + headers + "\r\n";
			case "projector-delete" -> "DELETE /p/" + token + " HTTP/1.1\r\n" + headers + "\r\n";
			case "projector-roll" -> "GET /p/" + token + "/roll HTTP/1.1\r\n" + headers + "\r\n";
			case "projector-sneak" -> "GET /p/" + token + "/../../classes HTTP/1.1\r\n" + headers + "\r\n";
			case "projector-parameter" -> "GET /p/" + token + ";x/state HTTP/1.1\r\n" + headers + "\r\n";
			case "projector-login" -> "GET /classes/" + classId + "/roll HTTP/1.1\r\nAuthorization: Bearer " + token
					+ "\r\n" + headers + "\r\n";
			case "upgrade" -> upgrade(headers);
			default -> throw new IllegalArgumentException(operation);
		};
	}

	private static String upgrade(String headers) {
		return "GET /ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers.replace("Connection: close\r\n", "")
				+ "\r\n";
	}

	/** Returns "yes" for success, otherwise the status and the code of the problem. */
	private static String outcome(String operation, Answer answer) {
		assertThat(answer.head()).as("no CORS header for any client").doesNotContainIgnoringCase("access-control-");
		if (answer.status() != 101 && answer.status() != 400) {
			assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
			assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
			assertThat(answer.header("Referrer-Policy"))
				.isEqualTo((operation.equals("projector-page") && answer.status() == 200) ? "origin" : "same-origin");
			assertThat(answer.header("Cache-Control")).isNotEmpty();
		}
		boolean done = switch (operation) {
			case "start", "projector-add" -> answer.status() == 201;
			// The rolls of this test have no deadline.
			case "projector-close", "deadline" -> answer.status() == 204;
			case "upgrade" -> answer.status() == 101;
			default -> answer.status() == 200;
		};
		if (answer.status() >= 400 && !done) {
			assertThat(answer.header("Content-Type"))
				.isEqualTo((operation.equals("teacher") || operation.equals("projector-page"))
						? "text/html;charset=UTF-8" : "application/problem+json");
		}
		return done ? "yes" : (answer.status() + " " + answer.problem()).trim();
	}

	/** Returns "yes" after an event of the roll, "refused" after an ERROR frame. */
	private String subscribe(String from, String headers, String topic, long classId) throws IOException {
		try (RawConnection wire = connect(from)) {
			wire.send(upgrade(headers));
			Answer upgraded = wire.read();
			if (upgraded.status() != 101) {
				return (upgraded.status() + " " + upgraded.problem()).trim();
			}
			wire.stomp("CONNECT|accept-version:1.2|heart-beat:0,0||");
			assertThat(wire.nextStomp().orElseThrow()).startsWith("CONNECTED");
			wire.stomp("SUBSCRIBE|id:1|destination:" + topic + "|receipt:1||");
			if (wire.nextStomp().orElseThrow().startsWith("ERROR")) {
				return "refused";
			}
			ask("v4", presence(classId, STUDENT, "Host: localhost:" + this.port + "\r\nConnection: close\r\n"));
			String event = wire.nextStomp().orElseThrow();
			return event.startsWith("MESSAGE") ? "yes" : event;
		}
	}

	private static String presence(long classId, String student, String headers) {
		String body = "{\"studentId\":\"" + student + "\"}";
		return "POST /classes/" + classId + "/presence HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: "
				+ body.length() + "\r\n" + headers + "\r\n" + body;
	}

	private String openRoll(long classId) throws IOException {
		Answer started = ask("v4", "POST /classes/" + classId + "/roll HTTP/1.1\r\n" + ownersHeaders() + "\r\n");
		assertThat(started.status()).isEqualTo(201);
		int at = started.body().indexOf("/topic/");
		return started.body().substring(at, started.body().indexOf('"', at));
	}

	/** Returns the token of a new address of the projector's page. */
	private String openProjector(long classId) throws IOException {
		String body = ask("v4", "POST /classes/" + classId + "/roll/projector HTTP/1.1\r\n" + ownersHeaders() + "\r\n")
			.body();
		return body.replaceAll("(?s).*\"token\":\"([A-Z]{8})\".*", "$1");
	}

	private boolean isShown(String token) throws IOException {
		String host = "Host: localhost:" + this.port + "\r\nConnection: close\r\n";
		return ask("v4", "GET /p/" + token + "/state HTTP/1.1\r\n" + host + "\r\n").status() == 200;
	}

	private boolean isOpen(long classId) throws IOException {
		String path = "GET /classes HTTP/1.1\r\n";
		return ask("v4", path + "Host: localhost:" + this.port + "\r\nConnection: close\r\n" + admin() + "\r\n").body()
			.contains("\"classId\":" + classId + ",");
	}

	/** Returns the header of a teacher who may use all rolls. */
	abstract String admin();

	private String ownersHeaders() {
		return "Host: localhost:" + this.port + "\r\nConnection: close\r\n" + owner();
	}

	Answer ask(String from, String request) throws IOException {
		try (RawConnection wire = connect(from)) {
			wire.send(request);
			return wire.read();
		}
	}

	private RawConnection connect(String from) throws IOException {
		return switch (from) {
			case "v4" -> RawConnection.to("127.0.0.1", this.port);
			case "v4-other" -> RawConnection.to("127.7.7.7", this.port);
			case "v6" -> RawConnection.to("::1", this.port);
			case "network" -> {
				Needs.that(this.namespace.isPresent(), "a network namespace (run as root, with iproute2)");
				yield this.namespace.orElseThrow().connect();
			}
			default -> throw new IllegalArgumentException(from);
		};
	}

	private String host(String from, String cell) {
		if (Stream.of(cell.split(";;")).anyMatch((header) -> header.trim().startsWith("Host:"))) {
			return "Connection: close\r\n";
		}
		String host = switch (from) {
			case "v6" -> "[::1]";
			case "network" -> this.namespace.map(Namespace::serverAddress).orElse("10.231.0.1");
			case "v4-other" -> "127.7.7.7";
			default -> "localhost";
		};
		return "Host: " + host + ":" + this.port + "\r\nConnection: close\r\n";
	}

	/** Two semicolons separate headers; {@code PORT} is the server's port. */
	private String extra(String cell) {
		StringBuilder headers = new StringBuilder();
		for (String header : cell.split(";;")) {
			if (!header.isBlank() && !header.trim().equals("Host: none")) {
				headers.append(header.trim().replace("PORT", String.valueOf(this.port))).append("\r\n");
			}
		}
		return headers.toString();
	}

}
