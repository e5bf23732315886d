package rollcall;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import rollcall.ApiDocument.Operation;
import rollcall.access.Issuer;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Real servers give every answer that openapi.yaml describes, and each of these answers
 * matches the description. One server has no teacher, the other has accounts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiAnswersIT {

	/**
	 * StoreOutageIT fills the queue, and BoundsIT a roll; it also opens too many rolls.
	 */
	private static final Set<String> PROVOKED_ELSEWHERE = Set.of("503 overloaded", "503 too-many-rolls",
			"409 roll-full");

	private static final String FORM = "application/x-www-form-urlencoded";

	private static final String JSON = "application/json";

	private static final String PASSWORD = "correct horse";

	private final SoftAssertions softly = new SoftAssertions();

	private final Set<String> seen = new TreeSet<>();

	private final Issuer issuer = new Issuer();

	private ApiServer open;

	private ApiServer closed;

	private Http local;

	private Http accounts;

	private ApiDocument document;

	private Map<String, Operation> operations;

	private final long classId = Http.newClassId();

	private String token = "BCDFGHJK";

	private String rollId = UUID.randomUUID().toString();

	@BeforeAll
	void start() {
		String hash = new BCryptPasswordEncoder(4).encode(PASSWORD);
		this.open = ApiServer.start();
		this.closed = ApiServer.start("--rollcall.teachers[0].name=ana", "--rollcall.teachers[0].password-hash=" + hash,
				"--rollcall.teachers[1].name=rui", "--rollcall.teachers[1].password-hash=" + hash,
				"--rollcall.token.roles-claim=realm_access.roles",
				"--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + this.issuer.url(),
				"--spring.security.oauth2.resourceserver.jwt.audiences=" + Issuer.AUDIENCE);
		this.local = this.open.http();
		this.accounts = this.closed.http();
		this.document = ApiDocument.of(this.local);
		this.operations = this.document.operations();
	}

	@AfterAll
	void stop() {
		this.open.close();
		this.closed.close();
		this.issuer.close();
	}

	@Test
	void serverGivesEveryDescribedAnswer() throws Exception {
		issuerOutage();
		rollCall();
		refusals();
		logins();
		everyOperation();
		slowBodies();
		storeOutage();
		tooManyLogins();
		tooManyGuesses();
		Set<String> described = new TreeSet<>();
		this.operations.values()
			.forEach((operation) -> this.document.outcomes(operation)
				.stream()
				.filter((outcome) -> !PROVOKED_ELSEWHERE.contains(outcome))
				.forEach((outcome) -> described.add(operation.id() + " " + outcome)));
		this.softly.assertThat(this.seen).isEqualTo(described);
		this.softly.assertAll();
	}

	private void rollCall() {
		check("record", "200", send(this.local, "record", student("early"), "Content-Type", JSON));
		times();
		codes();
		Reply started = check("start", "201", send(this.local, "start", null));
		check("start", "409 roll-already-open", send(this.local, "start", null));
		check("record", "200", send(this.local, "record", student("042191010"), "Content-Type", JSON));
		check("record", "200", send(this.local, "record", "{\"studentId\": 42}", "Content-Type", JSON));
		marks();
		check("openRolls", "200", send(this.local, "openRolls", null));
		projector();
		check("end", "412 another-roll-open", send(this.local, "end", null, "If-Match", "\"x\""));
		String tag = started.headers().get("etag");
		check("end", "200", send(this.local, "end", null, "If-Match", tag));
		check("end", "200", send(this.local, "end", null, "If-Match", tag, "Accept", "text/csv"));
		check("end", "404 no-open-roll", send(this.local, "end", null));
		check("mark", "404 no-open-roll", mark("{\"status\": \"late\"}"));
		check("addProjector", "404 no-open-roll", send(this.local, "addProjector", null));
		check("removeProjectors", "404 no-open-roll", send(this.local, "removeProjectors", null));
		this.rollId = tag.replace("\"", "");
		check("sheets", "200", send(this.local, "sheets", null));
		check("sheet", "200", send(this.local, "sheet", null));
		check("sheet", "200", send(this.local, "sheet", null, "Accept", "text/csv"));
		check("discard", "204", send(this.local, "discard", null));
		check("discard", "404 sheet-not-kept", send(this.local, "discard", null));
		check("sheet", "404 sheet-not-kept", send(this.local, "sheet", null));
		check("current", "404 no-open-roll", send(this.local, "current", null));
		check("health", "200", send(this.local, "health", null));
		check("health", "200", send(this.local, "health", null, "Accept", JSON));
		check("metrics", "200", send(this.local, "metrics", null));
	}

	private void projector() {
		check("projected", "404 not-projected", send(this.local, "projected", null));
		Reply added = check("addProjector", "201", send(this.local, "addProjector", null));
		this.token = added.body().replaceAll(".*\"token\":\"([A-Z]{8})\".*", "$1");
		check("projected", "200", send(this.local, "projected", null));
		send(this.local, "setOptions", "{\"code\": true, \"endsAfter\": \"PT1H\"}", "Content-Type", JSON);
		check("projected", "200", send(this.local, "projected", null));
		send(this.local, "setOptions", "{\"code\": null, \"endsAfter\": null}", "Content-Type", JSON);
		check("removeProjectors", "204", send(this.local, "removeProjectors", null));
		check("projected", "404 not-projected", send(this.local, "projected", null));
	}

	private void tooManyGuesses() {
		Reply reply = send(this.local, "projected", null);
		for (int i = 0; i < 100 && reply.status() != 429; i++) {
			reply = send(this.local, "projected", null);
		}
		check("projected", "429 too-many-guesses", reply);
	}

	private void marks() {
		send(this.local, "record", student("042191010"), "Content-Type", JSON);
		check("mark", "200", mark("{\"status\": \"late\"}"));
		check("mark", "200", mark("{\"status\": \"absent\"}"));
		check("record", "200", send(this.local, "record", student("042191010"), "Content-Type", JSON));
		check("current", "200", send(this.local, "current", null));
		check("mark", "400 invalid-request", mark("{\"status\": \"ill\"}"));
		check("mark", "400 malformed-body", mark("{"));
		check("mark", "412 another-roll-open", mark("{\"status\": \"late\"}", "If-Match", "\"x\""));
		check("mark", "415 unsupported-media-type", send(this.local, "mark", "1", "Content-Type", "text/plain"));
	}

	private void times() {
		String zero = "{\"lateAfter\": \"PT0S\"}";
		check("start", "400 invalid-request", send(this.local, "start", zero, "Content-Type", JSON));
		check("start", "400 malformed-body", send(this.local, "start", "{", "Content-Type", JSON));
		check("setOptions", "404 no-open-roll", send(this.local, "setOptions", "{}", "Content-Type", JSON));
		String both = "{\"lateAfter\": \"PT10M\", \"endsAfter\": \"PT1H\"}";
		check("timesLeft", "204", send(this.local, "timesLeft", null));
		check("start", "201", send(this.local, "start", both, "Content-Type", JSON));
		check("timesLeft", "200", send(this.local, "timesLeft", null));
		check("current", "200", send(this.local, "current", null));
		check("openRolls", "200", send(this.local, "openRolls", null));
		String soon = "{\"lateAfter\": null, \"endsAfter\": \"PT2H\"}";
		check("setOptions", "200", send(this.local, "setOptions", soon, "Content-Type", JSON));
		check("setOptions", "400 invalid-request", send(this.local, "setOptions", zero, "Content-Type", JSON));
		check("setOptions", "400 malformed-body", send(this.local, "setOptions", "{", "Content-Type", JSON));
		check("setOptions", "412 another-roll-open",
				send(this.local, "setOptions", "{}", "Content-Type", JSON, "If-Match", "\"x\""));
		check("setOptions", "415 unsupported-media-type",
				send(this.local, "setOptions", "1", "Content-Type", "text/plain"));
		check("end", "200", send(this.local, "end", null));
	}

	private void codes() {
		check("codes", "404 no-open-roll", send(this.local, "codes", null));
		String code = "{\"code\": true}";
		check("start", "201", send(this.local, "start", code, "Content-Type", JSON));
		Reply shown = check("codes", "200", send(this.local, "codes", null));
		check("record", "200", send(this.local, "record", student("1"), "Content-Type", JSON));
		String right = shown.body().replaceFirst("(?s).*?\"code\":\\s*\"([A-Z]{6})\".*", "$1");
		for (String sent : List.of(right, "QQQQQQ")) {
			check("record", "200", send(this.local, "record", "{\"studentId\": \"1\", \"code\": \"" + sent + "\"}",
					"Content-Type", JSON));
		}
		check("record", "400 invalid-request",
				send(this.local, "record", "{\"studentId\": \"1\", \"code\": {}}", "Content-Type", JSON));
		check("current", "200", send(this.local, "current", null));
		check("openRolls", "200", send(this.local, "openRolls", null));
		check("setOptions", "200", send(this.local, "setOptions", code, "Content-Type", JSON));
		check("setOptions", "200", send(this.local, "setOptions", "{\"code\": null}", "Content-Type", JSON));
		check("codes", "404 no-code", send(this.local, "codes", null));
		check("end", "200", send(this.local, "end", null));
	}

	private Reply mark(String body, String... headers) {
		List<String> all = new ArrayList<>(List.of("Content-Type", JSON));
		all.addAll(List.of(headers));
		return send(this.local, "mark", body, all.toArray(String[]::new));
	}

	private void refusals() {
		for (String id : List.of("start", "current", "codes", "setOptions", "mark", "end", "record", "sheet", "discard",
				"addProjector", "removeProjectors", "timesLeft")) {
			String path = this.operations.get(id)
				.path()
				.replaceAll("\\{(classId|rollId)}", "0")
				.replace("{studentId}", "1");
			check(id, "400 invalid-request", Reply.of(this.local.send(this.operations.get(id).method(), path,
					Set.of("record", "mark", "setOptions").contains(id) ? student("1") : null, "Content-Type", JSON)));
		}
		check("record", "400 invalid-request", send(this.local, "record", "{}", "Content-Type", JSON));
		check("record", "400 malformed-body", send(this.local, "record", "{", "Content-Type", JSON));
		check("record", "415 unsupported-media-type", send(this.local, "record", "1", "Content-Type", "text/plain"));
		send(this.accounts, "start", null, "Authorization", basic("ana", PASSWORD));
		for (String id : List.of("current", "codes", "end", "mark", "setOptions", "addProjector", "removeProjectors")) {
			check(id, "403 not-your-roll", send(this.accounts, id, student("1"), "Content-Type", JSON, "Authorization",
					basic("rui", PASSWORD)));
		}
		Reply ended = send(this.accounts, "end", null, "Authorization", basic("ana", PASSWORD));
		this.rollId = ended.headers().get("etag").replace("\"", "");
		for (String id : List.of("sheet", "discard")) {
			check(id, "403 not-your-roll", send(this.accounts, id, null, "Authorization", basic("rui", PASSWORD)));
		}
	}

	private void logins() {
		check("logIn", "401 unauthorized",
				send(this.accounts, "logIn", "username=ana&password=wrong", "Content-Type", FORM));
		Reply login = check("logIn", "302", send(this.accounts, "logIn",
				"username=ana&password=" + PASSWORD.replace(' ', '+'), "Content-Type", FORM));
		String cookie = login.headers().get("set-cookie").replaceAll(";.*", "");
		check("openRolls", "200", send(this.accounts, "openRolls", null, "Cookie", cookie));
		check("logOut", "302", send(this.accounts, "logOut", null, "Cookie", cookie, "Accept", "text/html"));
		check("logOut", "204", send(this.accounts, "logOut", null));
		check("openRolls", "401 unauthorized", send(this.accounts, "openRolls", null, "Cookie", cookie));
		check("logIn", "404 not-found", send(this.local, "logIn", null));
		check("logOut", "404 not-found", send(this.local, "logOut", null));
	}

	/** Answers that do not depend on the operation. */
	private void everyOperation() {
		String token = "Bearer " + this.issuer.token("student");
		each("400 bad-request", (operation) -> raw(operation, "Host: localhost", "not a header: 1"));
		each("401 unauthorized", (operation) -> send(this.accounts, operation.id(), null));
		each("401 unauthorized", (operation) -> send(this.accounts, operation.id(), null, "Authorization", "Bearer x"));
		String longPassword = basic("ana", "x".repeat(73));
		each("401 password-too-long",
				(operation) -> operation.id().equals("logIn")
						? send(this.accounts, "logIn", "username=ana&password=" + "x".repeat(73), "Content-Type", FORM)
						: send(this.accounts, operation.id(), null, "Authorization", longPassword));
		each("403 forbidden", (operation) -> send(this.accounts, operation.id(), null, "Authorization", token));
		each("403 only-this-machine",
				(operation) -> send(this.local, operation.id(), null, "X-Forwarded-For", "192.0.2.1"));
		each("403 foreign-origin",
				(operation) -> send(this.local, operation.id(), null, "Origin", "http://evil.example"));
		each("403 unknown-host", (operation) -> raw(operation, "Host: evil.example"));
		each("405 method-not-allowed", (operation) -> Reply
			.of(server(operation).send(operation.method().equals("PUT") ? "POST" : "PUT", path(operation), null)));
		each("406 not-acceptable", (operation) -> send(this.local, operation.id(), student("1"), "Accept", "image/png",
				"Content-Type", JSON));
		each("413 body-too-large", (operation) -> send(this.local, operation.id(), " ".repeat(20_000)));
		each("500 internal-error", (operation) -> send(this.local, operation.id(), null, "Mistake", "1"));
	}

	private void slowBodies() {
		List<Operation> all = this.operations.values().stream().filter(describes("408 request-timeout")).toList();
		List<CompletableFuture<Reply>> replies = all.stream()
			.map((operation) -> CompletableFuture.supplyAsync(
					() -> raw(operation, "Host: localhost", "Content-Length: 9"), (task) -> new Thread(task).start()))
			.toList();
		for (int i = 0; i < all.size(); i++) {
			check(all.get(i).id(), "408 request-timeout", replies.get(i).join());
		}
	}

	/** Must run before the server has fetched the issuer's keys. */
	private void issuerOutage() {
		String token = "Bearer " + this.issuer.token("teacher");
		this.issuer.answer(false);
		each("503 issuer-unavailable",
				(operation) -> send(this.accounts, operation.id(), null, "Authorization", token));
		this.issuer.answer(true);
	}

	private void storeOutage() throws SQLException, InterruptedException {
		try (Connection connection = this.open.store(); Statement statement = connection.createStatement()) {
			statement.execute("ALTER TABLE roll RENAME TO hidden");
			each("503 store-unavailable",
					(operation) -> send(this.local, operation.id(), student("1"), "Content-Type", JSON));
			while (send(this.local, "health", null).status() == 200) {
				Thread.sleep(100);
			}
			check("health", "503", send(this.local, "health", null));
			check("health", "503", send(this.local, "health", null, "Accept", JSON));
		}
	}

	private void tooManyLogins() {
		each("429 too-many-logins", (operation) -> {
			String[] headers = operation.id().equals("logIn") ? new String[] { "Content-Type", FORM }
					: new String[] { "Authorization", basic("rui", "wrong") };
			Reply reply = send(this.accounts, operation.id(), "username=rui&password=wrong", headers);
			for (int i = 0; i < 10 && reply.status() != 429; i++) {
				reply = send(this.accounts, operation.id(), "username=rui&password=wrong", headers);
			}
			return reply;
		});
	}

	private Reply check(String id, String outcome, Reply reply) {
		Operation operation = this.operations.get(id);
		this.softly.assertThat(reply.outcome()).as(id + ": " + reply).isEqualTo(outcome);
		this.softly.assertThat(this.document.violations(operation, reply)).as(id + ": " + reply).isEmpty();
		this.seen.add(id + " " + outcome);
		return reply;
	}

	private void each(String outcome, Function<Operation, Reply> request) {
		this.operations.values()
			.stream()
			.filter(describes(outcome))
			.forEach((operation) -> check(operation.id(), outcome, request.apply(operation)));
	}

	private Predicate<Operation> describes(String outcome) {
		return (operation) -> this.document.outcomes(operation).contains(outcome);
	}

	private Reply send(Http http, String id, String body, String... headers) {
		Operation operation = this.operations.get(id);
		return Reply.of(http.send(operation.method(), path(operation), body, headers));
	}

	private Reply raw(Operation operation, String... headers) {
		return Reply.of(server(operation).raw(operation.method() + " " + path(operation)
				+ " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n"));
	}

	/**
	 * Only the server with accounts has logins; all other operations are simpler without
	 * accounts.
	 */
	private Http server(Operation operation) {
		return operation.id().startsWith("log") ? this.accounts : this.local;
	}

	private String path(Operation operation) {
		return operation.path()
			.replace("{classId}", "" + this.classId)
			.replace("{rollId}", this.rollId)
			.replace("{token}", this.token)
			.replace("{studentId}", "042191010")
			.replace("{probe}", "readiness");
	}

	/** A body with the members that any operation may need; others are ignored. */
	private static String student(String id) {
		return "{\"studentId\": \"" + id + "\", \"status\": \"late\"}";
	}

	private static String basic(String name, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

}
