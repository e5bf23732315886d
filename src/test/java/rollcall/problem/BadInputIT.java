package rollcall.problem;

import java.util.List;

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
 * A bad request is answered with a problem that names the error, and changes nothing.
 */
@ServerTest
class BadInputIT {

	private final Http http;

	private final long classId = Http.newClassId();

	BadInputIT(@LocalServerPort int port) {
		this.http = new Http(port);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("rollcall.problem.BadRequest#all")
	void badRequestIsNamedAndChangesNothing(BadRequest bad) {
		this.http.start(this.classId);
		this.http.present(this.classId, "042191010");
		String roll = "/classes/" + this.classId + "/roll";
		String before = this.http.get(roll).text();
		Answer answer = this.http.send(bad.method(), bad.path().replace("{class}", "" + this.classId), bad.body(),
				bad.headers());
		assertProblem(answer, bad);
		assertThat(this.http.get(roll).text()).isEqualTo(before);
		this.http.delete(roll);
	}

	@ParameterizedTest
	@ValueSource(ints = { 16_385, 20_000, 3_000_000 })
	void bodyOver16KibibytesIsTooLarge(int size) {
		this.http.start(this.classId);
		String body = "{\"studentId\": \"1\"}" + " ".repeat(size - 18);
		BadRequest tooLarge = BadRequest.presence(body).problem(413, "body-too-large");
		assertProblem(this.http.sendJson("/classes/" + this.classId + "/presence", body), tooLarge);
		assertThat(this.http.get("/classes/" + this.classId + "/roll").json().path("seq").asLong()).isZero();
	}

	@Test
	void chunkedBodyOver16KibibytesIsTooLarge() {
		this.http.start(this.classId);
		String body = "{\"studentId\": \"1\"}" + " ".repeat(16_384);
		assertProblem(this.http.sendChunked("/classes/" + this.classId + "/presence", body),
				BadRequest.presence(body).problem(413, "body-too-large"));
		assertThat(this.http.get("/classes/" + this.classId + "/roll").json().path("seq").asLong()).isZero();
	}

	@ParameterizedTest
	@MethodSource
	void invalidHttpIsABadRequest(String request) {
		String answer = this.http
			.raw(request.replace("{end}", " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"));
		assertThat(answer).startsWith("HTTP/1.1 400 ").containsIgnoringCase("content-type: application/problem+json");
		JsonNode problem = new JsonMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
		assertThat(problem.path("type").asString()).isEqualTo("urn:rollcall:bad-request");
		assertThat(problem.path("status").asInt()).isEqualTo(400);
	}

	/**
	 * The server closes the connection, because it cannot know where the next request
	 * starts.
	 */
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

	static List<String> invalidHttpIsABadRequest() {
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
	void bodyThatIsNotCompressedIsRead(String encoding) {
		this.http.start(this.classId);
		Answer answer = this.http.sendJson("/classes/" + this.classId + "/presence", "{\"studentId\": \"1\"}",
				"Content-Encoding", encoding);
		assertThat(answer.member("classId")).isEqualTo("" + this.classId);
	}

	@Test
	void rangeOfPageIsIgnored() {
		assertThat(this.http.get("/42", "Range", "bytes=-").status()).isEqualTo(200);
		assertThat(this.http.get("/asyncapi.yaml", "Range", "bytes=9-1").text()).startsWith("asyncapi: ");
		assertThat(this.http.get("/assets/student.js", "Range", "bytes=0-9").text()).hasSize(10);
	}

	@Test
	void headIsAnsweredLikeGetWithoutABody() {
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
	void problemIsInTheReadersLanguage(String languages) {
		Answer answer = this.http.get("/classes/0/roll", "Accept-Language", languages);
		String rule = answer.json().path("errors").path(0).path("rule").asString();
		String expected = languages.startsWith("es") ? "debe ser un número entero"
				: languages.startsWith("pt") ? "deve ser um número inteiro" : "must be a whole number";
		assertThat(rule).startsWith(expected);
	}

	private static void assertProblem(Answer answer, BadRequest bad) {
		assertThat(answer.status()).isEqualTo(bad.status());
		assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
		JsonNode problem = answer.json();
		assertThat(problem.path("type").asString()).isEqualTo("urn:rollcall:" + bad.type());
		assertThat(problem.path("status").asInt()).isEqualTo(bad.status());
		assertThat(problem.path("title").asString()).isNotBlank();
		assertThat(problem.path("detail").asString()).isNotBlank();
		if (bad.field() != null) {
			assertThat(problem.path("errors")).hasSize(1);
			JsonNode error = problem.path("errors").path(0);
			assertThat(error.propertyNames()).containsExactlyInAnyOrder("field", "rule");
			assertThat(error.path("field").asString()).isEqualTo(bad.field());
			assertThat(error.path("rule").asString()).startsWith("must be ");
		}
		if (bad.status() == 405) {
			assertThat(answer.header("Allow")).isPresent();
		}
	}

}
