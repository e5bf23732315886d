package rollcall.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a client sends, the answer is a problem that names what is wrong, and nothing
 * has changed.
 */
@ServerTest
class BadInputTests {

	private static final List<String> NO_CLASS_IDS = List.of("0", "-1", "abc", "9007199254740992",
			"99999999999999999999", "1.5", "+1", "0x1", "1e3", "%20", "%D9%A1", "%201");

	private static final List<String> NO_STUDENT_IDS = List.of("null", "\"\"", "\"   \"", '"' + "x".repeat(65) + '"',
			"\"04 21\"", "\"04\\u000021\"", "\"04\\n21\"", "\"<script>\"", "\"\uD83D\uDE00\"", "\"\\uD83D\"",
			"\"a\u00e7\u00e3o\"", "\"\u0661\"", "\"a/b\"", "\"a'b\"", "[\"1\"]", "[]", "{}", "{\"studentId\": \"1\"}",
			"true", "1.5", "-5", "1e5", "9".repeat(65));

	private static final List<String> NO_JSON_OBJECTS = List.of("", " ", "{", "{\"studentId\"", "nope", "\"042191010\"",
			"42", "[]", "[{\"studentId\": \"1\"}]", "null", "{\"studentId\": 042}", "{\"studentId\": \"1\"} {",
			"{'studentId': '1'}", "{\"studentId\": \"1\n\"}", "{\"studentId\": " + "9".repeat(2_000) + "}",
			"{\"x\": " + "[".repeat(2_000) + "]".repeat(2_000) + ", \"studentId\": \"1\"}", "studentId=1",
			"<studentId>1</studentId>", "\uFEFFx", "{\"studentId\": \"1\", \"studentId\": \"2\"}",
			"{\"studentId\": \"1\", \"studentId\": \"1\"}", "{\"studentId\": \"1\", \"x\": 1, \"x\": 2}",
			"{\"studentId\": \"1\", \"x\": {\"a\": 1, \"a\": 2}}", "{\"studentId\": \"1\", \"student\\u0049d\": \"2\"}",
			"{\"studentId\": \"1\"}{}", "{\"studentId\": \"1\"} x", "{\"studentId\": \"1\"}]",
			"{\"studentId\": \"1\"},", "{\"studentId\": \"1\"} null");

	private final Http http;

	private final long classId = Http.newClassId();

	BadInputTests(@LocalServerPort int port) {
		this.http = new Http(port);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void badRequestIsNamedAndChangesNothing(BadRequest bad) {
		this.http.start(this.classId);
		this.http.present(this.classId, "042191010");
		String roll = "/classes/" + this.classId + "/roll";
		String before = this.http.get(roll).text();
		Answer answer = this.http.send(bad.method, bad.path.replace("{class}", "" + this.classId), bad.body,
				bad.headers);
		assertProblem(answer, bad);
		assertThat(this.http.get(roll).text()).isEqualTo(before);
		this.http.delete(roll);
	}

	static List<BadRequest> badRequestIsNamedAndChangesNothing() {
		List<BadRequest> all = new ArrayList<>();
		for (String classId : NO_CLASS_IDS) {
			Stream.of("GET", "POST", "DELETE")
				.map((method) -> new BadRequest(method, "/classes/" + classId + "/roll", null).field("classId"))
				.forEach(all::add);
			all.add(presence("/classes/" + classId + "/presence", "{\"studentId\": \"1\"}").field("classId"));
		}
		for (String studentId : NO_STUDENT_IDS) {
			all.add(presence("{\"studentId\": " + studentId + "}").field("studentId"));
		}
		all.add(presence("{}").field("studentId"));
		all.add(presence("{\"studentid\": \"1\"}").field("studentId"));
		NO_JSON_OBJECTS.forEach((body) -> all.add(presence(body).problem(400, "malformed-body")));
		for (String after : List.of("-1", "abc", "1.5", "1000000000000000000", "99999999999999999999", "%20", "0x1")) {
			all.add(new BadRequest("GET", "/classes/{class}/roll?after=" + after, null).field("after"));
		}
		all.add(new BadRequest("GET", "/classes/{class}/roll?after=%FF", null).problem(400, "bad-request"));
		for (String tag : List.of("abc", "\"abc", "abc\"", "*, \"x\"", "\"a\" \"b\"", "W/abc", "w/\"a\"", ",", "**",
				"\"a\",,", "\"a b\"")) {
			all.add(new BadRequest("DELETE", "/classes/{class}/roll", null, "If-Match", tag).field("If-Match"));
		}
		for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application/xml",
				"application/json;charset=nonsense", "nonsense", "multipart/form-data", "application/*")) {
			all.add(new BadRequest("POST", "/classes/{class}/presence", "{\"studentId\": \"1\"}", "Content-Type", type)
				.problem(415, "unsupported-media-type"));
		}
		all.add(new BadRequest("POST", "/classes/{class}/presence", "{\"studentId\": \"1\"}").problem(415,
				"unsupported-media-type"));
		for (String encoding : List.of("gzip", "br", "deflate", "x-gzip", "GZIP", "identity, gzip", "nonsense", "*")) {
			all.add(new BadRequest("POST", "/classes/{class}/presence", "{\"studentId\": \"1\"}", "Content-Type",
					"application/json", "Content-Encoding", encoding)
				.problem(415, "unsupported-media-type"));
			all.add(new BadRequest("POST", "/", "class={class}&studentId=1", "Content-Type",
					"application/x-www-form-urlencoded", "Content-Encoding", encoding)
				.problem(415, "unsupported-media-type"));
			all.add(new BadRequest("DELETE", "/classes/{class}/roll", null, "Content-Encoding", encoding).problem(415,
					"unsupported-media-type"));
		}
		for (String type : List.of("*/*", "application/*", "*/json")) {
			all.add(new BadRequest("DELETE", "/classes/{class}/roll", null, "Content-Type", type).problem(415,
					"unsupported-media-type"));
		}
		for (String range : List.of("bytes=99999999-", "bytes=-", "bytes=9-1", "lines=1-2", "bytes=a-b", "nonsense")) {
			all.add(new BadRequest("GET", "/assets/student.js", null, "Range", range).problem(416,
					"range-not-satisfiable"));
		}
		all.add(new BadRequest("GET", "/assets/student.js", null, "If-Unmodified-Since",
				"Sat, 01 Jan 2000 00:00:00 GMT")
			.problem(412, "precondition-failed"));
		addRefusedByAddress(all);
		return all;
	}

	private static void addRefusedByAddress(List<BadRequest> all) {
		for (String accept : List.of("text/html", "application/xml", "nonsense", "application/json;charset=nonsense")) {
			all.add(new BadRequest("GET", "/classes", null, "Accept", accept).problem(406, "not-acceptable"));
			Stream.of("GET", "POST", "DELETE")
				.map((method) -> new BadRequest(method, "/classes/{class}/roll", null, "Accept", accept))
				.forEach((bad) -> all.add(bad.problem(406, "not-acceptable")));
			all.add(new BadRequest("POST", "/classes/{class}/presence", "{\"studentId\": \"1\"}", "Content-Type",
					"application/json", "Accept", accept)
				.problem(406, "not-acceptable"));
		}
		for (String method : List.of("PUT", "PATCH", "NONSENSE")) {
			for (String path : List.of("/classes", "/classes/{class}/roll", "/classes/{class}/presence", "/ws",
					"/actuator/health")) {
				all.add(new BadRequest(method, path, null).problem(405, "method-not-allowed"));
			}
		}
		all.add(new BadRequest("GET", "/classes/{class}/presence", null).problem(405, "method-not-allowed"));
		all.add(new BadRequest("DELETE", "/classes/{class}/presence", null).problem(405, "method-not-allowed"));
		all.add(new BadRequest("POST", "/classes", null).problem(405, "method-not-allowed"));
		for (String path : List.of("/nope", "/classes/", "/classes/{class}", "/classes/{class}/",
				"/classes/{class}/rolls", "/classes/{class}/roll/", "/classes/{class}/roll/1", "/class/{class}/roll",
				"/Classes/{class}/roll", "/error", "/actuator/env", "/v3", "/topic/rolls.1", "/WEB-INF/web.xml",
				"/application.yaml")) {
			all.add(new BadRequest("GET", path, null).problem(404, "not-found"));
			all.add(new BadRequest("DELETE", path, null).problem(404, "not-found"));
		}
		all.add(new BadRequest("GET", "/ws", null).problem(400, "bad-request"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 16_385, 20_000, 3_000_000 })
	void bodyOverSixteenKibibytesIsTooLarge(int size) {
		this.http.start(this.classId);
		String body = "{\"studentId\": \"1\"}" + " ".repeat(size - 18);
		BadRequest tooLarge = presence(body).problem(413, "body-too-large");
		assertProblem(this.http.sendJson("/classes/" + this.classId + "/presence", body), tooLarge);
		assertThat(this.http.get("/classes/" + this.classId + "/roll").json().path("seq").asLong()).isZero();
	}

	@Test
	void bodyOfUntoldLengthOverSixteenKibibytesIsTooLarge() {
		this.http.start(this.classId);
		String body = "{\"studentId\": \"1\"}" + " ".repeat(16_384);
		assertProblem(this.http.sendChunked("/classes/" + this.classId + "/presence", body),
				presence(body).problem(413, "body-too-large"));
		assertThat(this.http.get("/classes/" + this.classId + "/roll").json().path("seq").asLong()).isZero();
	}

	@ParameterizedTest
	@MethodSource
	void whatIsNotHttpIsABadRequest(String request) {
		String answer = this.http
			.raw(request.replace("{end}", " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"));
		assertThat(answer).startsWith("HTTP/1.1 400 ").containsIgnoringCase("content-type: application/problem+json");
		JsonNode problem = new JsonMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
		assertThat(problem.path("type").asString()).isEqualTo("urn:rollcall:bad-request");
		assertThat(problem.path("status").asInt()).isEqualTo(400);
	}

	/** Where the next request would begin cannot be known: the connection ends. */
	@Test
	void brokenChunkIsNeverAnsweredWithSuccess() {
		this.http.start(this.classId);
		String answer = this.http
			.raw("POST /classes/%d/presence HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
				.formatted(this.classId) + "Transfer-Encoding: chunked\r\n\r\nzz\r\n");
		assertThat(answer).satisfiesAnyOf((closed) -> assertThat(closed).isEmpty(),
				(refused) -> assertThat(refused).startsWith("HTTP/1.1 400 "));
		assertThat(this.http.get("/classes/" + this.classId + "/roll").json().path("seq").asLong()).isZero();
	}

	static List<String> whatIsNotHttpIsABadRequest() {
		String json = "Content-Type: application/json\r\n";
		return List.of("GARBAGE\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
				"GET /classes HTTP/1.1\r\n\r\n", "GET /classes HTTP/9.1\r\nHost: localhost\r\n\r\n",
				"GET /classes HTTP/1.1\r\nHost: a b\r\n\r\n",
				"GET /classes HTTP/1.1\r\nHost: localhost\r\nHost: b\r\n\r\n", "GET /classes/%zz/roll{end}\r\n",
				"GET /%{end}\r\n", "GET /classes/1/roll?after=%zz{end}\r\n", "GET /classes/<x>/roll{end}\r\n",
				"GET /classes/\u00e7/roll{end}\r\n", "GET /classes/%80/roll{end}\r\n", "GET /classes/%00/roll{end}\r\n",
				"GET /classes/1%2froll{end}\r\n", "GET /../classes{end}\r\n", "GET /classes\u0000{end}\r\n",
				"GET /classes{end}X y: 1\r\n\r\n", "GET /classes{end}X: " + "a".repeat(9_000) + "\r\n\r\n",
				"GET /" + "a".repeat(9_000) + "{end}\r\n", "CONNECT a:1{end}\r\n",
				"POST /classes/1/presence{end}" + json + "Content-Length: abc\r\n\r\n",
				"POST /classes/1/presence{end}" + json + "Content-Length: -1\r\n\r\n",
				"POST /classes/1/presence{end}" + json + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345",
				"POST /classes/1/presence{end}" + json + "Transfer-Encoding: nonsense\r\n\r\n",
				"GET /ws{end}Upgrade: nonsense\r\n\r\n",
				"GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "identity", "IDENTITY", "identity, identity", "", "," })
	void bodyThatIsNotEncodedIsRead(String encoding) {
		this.http.start(this.classId);
		Answer answer = this.http.sendJson("/classes/" + this.classId + "/presence", "{\"studentId\": \"1\"}",
				"Content-Encoding", encoding);
		assertThat(answer.member("classId")).isEqualTo("" + this.classId);
	}

	@Test
	void rangeOfPageIsIgnored() {
		assertThat(this.http.get("/42", "Range", "bytes=-").status()).isEqualTo(200);
		assertThat(this.http.get("/assets/student.js", "Range", "bytes=0-9").text()).hasSize(10);
	}

	@Test
	void headIsGetWithoutTheBody() {
		String roll = "/classes/" + this.classId + "/roll";
		assertThat(this.http.send("HEAD", roll, null).status()).isEqualTo(404);
		this.http.start(this.classId);
		Answer head = this.http.send("HEAD", roll, null);
		assertThat(head.status()).isEqualTo(200);
		assertThat(head.text()).isEmpty();
		assertThat(head.header("Content-Type")).hasValue("application/json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "pt-BR", "pt-PT,en;q=0.5", "es-MX", "en", "fr", "nonsense-xx, *" })
	void problemSpeaksTheReadersLanguage(String languages) {
		Answer answer = this.http.get("/classes/0/roll", "Accept-Language", languages);
		String rule = answer.json().path("errors").path(0).path("rule").asString();
		String expected = languages.startsWith("es") ? "debe ser un número entero"
				: languages.startsWith("pt") ? "deve ser um número inteiro" : "must be a whole number";
		assertThat(rule).startsWith(expected);
	}

	private static void assertProblem(Answer answer, BadRequest bad) {
		assertThat(answer.status()).isEqualTo(bad.status);
		assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
		JsonNode problem = answer.json();
		assertThat(problem.path("type").asString()).isEqualTo("urn:rollcall:" + bad.type);
		assertThat(problem.path("status").asInt()).isEqualTo(bad.status);
		assertThat(problem.path("title").asString()).isNotBlank();
		assertThat(problem.path("detail").asString()).isNotBlank();
		if (bad.field != null) {
			assertThat(problem.path("errors")).hasSize(1);
			JsonNode error = problem.path("errors").path(0);
			assertThat(error.propertyNames()).containsExactlyInAnyOrder("field", "rule");
			assertThat(error.path("field").asString()).isEqualTo(bad.field);
			assertThat(error.path("rule").asString()).startsWith("must be ");
		}
		if (bad.status == 405) {
			assertThat(answer.header("Allow")).isPresent();
		}
	}

	private static BadRequest presence(String body) {
		return presence("/classes/{class}/presence", body);
	}

	private static BadRequest presence(String path, String body) {
		return new BadRequest("POST", path, body, "Content-Type", "application/json");
	}

	/** A request with what is to come of it. */
	private record BadRequest(String method, String path, @Nullable String body, int status, String type,
			@Nullable String field, String... headers) {

		BadRequest(String method, String path, @Nullable String body, String... headers) {
			this(method, path, body, 0, "", null, headers);
		}

		BadRequest problem(int status, String type) {
			return new BadRequest(this.method, this.path, this.body, status, type, null, this.headers);
		}

		BadRequest field(String field) {
			return new BadRequest(this.method, this.path, this.body, 400, "invalid-request", field, this.headers);
		}

		@Override
		public String toString() {
			String start = (this.body != null) ? this.body.substring(0, Math.min(40, this.body.length())) : "";
			return this.method + " " + this.path + " " + String.join(" ", this.headers) + " " + start;
		}

	}

}
