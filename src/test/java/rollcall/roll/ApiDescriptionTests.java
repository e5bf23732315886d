package rollcall.roll;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;
import rollcall.problem.ProblemType;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The description of the API leaves nothing out and tells nothing that the server does
 * not do: its examples and schemas are held against real answers.
 */
@ServerTest
class ApiDescriptionTests {

	private static final String PROBLEM_JSON = "application/problem+json";

	private final Http http;

	private final JsonNode api;

	private final long classId = Http.newClassId();

	private final String roll = "/classes/" + this.classId + "/roll";

	private final String presence = "/classes/" + this.classId + "/presence";

	ApiDescriptionTests(@LocalServerPort int port) {
		this.http = new Http(port);
		this.api = this.http.get("/v3/api-docs").json();
	}

	@Test
	void frameIsComplete() {
		assertThat(this.api.path("openapi").asString()).startsWith("3.1");
		for (String member : List.of("title", "summary", "description", "version")) {
			assertThat(this.api.path("info").path(member).asString()).as(member).isNotBlank();
		}
		assertThat(this.api.path("info").path("description").asString()).contains("/ws", "/topic/rolls.", "\"ended\"")
			.doesNotContainPattern("\\{[a-z]+}");
		for (ProblemType type : ProblemType.values()) {
			assertThat(this.api.path("info").path("description").asString()).contains(type.uri());
		}
		assertThat(this.api.path("servers").findValuesAsString("url")).containsExactly("/");
		assertThat(this.api.path("tags").findValuesAsString("name")).containsExactly("Teacher", "Student");
	}

	@Test
	void everyOperationIsDescribed() {
		assertThat(operations().keySet()).contains("start", "current", "end", "openRolls", "record");
		operations().forEach((id, operation) -> {
			assertDescribed(id, operation);
			assertThat(operation.path("summary").asString()).as(id).isNotBlank();
			assertThat(operation.path("tags")).as(id)
				.map(JsonNode::asString)
				.isNotEmpty()
				.isSubsetOf("Teacher", "Student");
		});
	}

	@Test
	void everyRequestIsDescribedWithAnExampleThatIsValid() {
		operations().forEach((id, operation) -> {
			for (JsonNode parameter : operation.path("parameters")) {
				String where = id + " " + parameter.path("name").asString();
				assertDescribed(where, parameter);
				assertExamples(where, parameter);
			}
			if (operation.has("requestBody")) {
				assertDescribed(id, operation.path("requestBody"));
				operation.path("requestBody")
					.path("content")
					.values()
					.forEach((body) -> assertThat(body.path("examples")).as(id).isNotEmpty());
			}
		});
		JsonNode body = operations().get("record").path("requestBody").path("content").path("application/json");
		this.http.start(this.classId);
		for (JsonNode example : body.path("examples")) {
			assertThat(this.http.sendJson(this.presence, example.path("value").toString()).status()).isEqualTo(200);
		}
		assertValid("body", example(body, 0), schema(body));
	}

	@Test
	void everyAnswerIsDescribedWithAnExampleThatIsValid() {
		operations().forEach((id, operation) -> {
			assertThat(operation.path("responses")).isNotEmpty();
			operation.path("responses").forEachEntry((status, response) -> {
				String where = id + " " + status;
				assertDescribed(where, response);
				assertThat(response.path("content")).as(where).isNotEmpty();
				response.path("content").forEachEntry((mediaType, content) -> assertExamples(where, content));
				response.path("headers").forEachEntry((name, header) -> {
					assertDescribed(where + " " + name, header);
					assertThat(header.path("example").asString()).as(where).isNotBlank();
				});
			});
		});
	}

	@Test
	void everyProblemThatAnOperationCanAnswerIsDescribed() {
		operations().forEach((id, operation) -> {
			Set<String> expected = new TreeSet<>(Set.of("bad-request", "unknown-host", "not-acceptable",
					"request-timeout", "body-too-large", "store-unavailable"));
			if (!id.equals("record")) {
				expected.addAll(Set.of("unauthorized", "only-this-machine", "too-many-logins"));
			}
			if (operation.has("parameters")) {
				expected.add("invalid-request");
			}
			if (operation.has("requestBody")) {
				expected.addAll(Set.of("malformed-body", "unsupported-media-type", "invalid-request"));
			}
			if (!id.equals("current") && !id.equals("openRolls")) {
				expected.addAll(Set.of("overloaded", "foreign-origin"));
			}
			switch (id) {
				case "start" -> expected.addAll(Set.of("roll-already-open", "too-many-rolls"));
				case "current" -> expected.addAll(Set.of("no-open-roll", "not-your-roll"));
				case "end" -> expected.addAll(Set.of("no-open-roll", "another-roll-open", "not-your-roll"));
				default -> {
				}
			}
			Set<String> described = new TreeSet<>();
			problemExamples(operation).forEach((problem) -> described.add(codeOf(problem)));
			assertThat(described).as(id).isEqualTo(expected);
		});
	}

	@Test
	void examplesOfAnswersAreWhatTheServerAnswers() {
		Answer refused = this.http.present(this.classId, "042191010");
		Answer started = this.http.start(this.classId);
		Answer recorded = this.http.present(this.classId, "042191010");
		this.http.present(this.classId, "b.7_x-1");
		assertLike("start", 201, 0, started);
		assertLike("record", 200, 0, recorded);
		assertLike("record", 200, 1, refused);
		assertLike("current", 200, 0, this.http.get(this.roll));
		assertLike("current", 200, 1, this.http.get(this.roll + "?after=1"));
		assertLike("openRolls", 200, 0, this.http.get("/classes"));
		String tag = started.header("ETag").orElseThrow();
		assertLike("end", 200, 0, this.http.delete(this.roll, "If-Match", tag));
		Answer csv = this.http.delete(this.roll, "If-Match", tag, "Accept", "text/csv", "Accept-Language", "en");
		String example = example(content("end", 200, "text/csv"), 0).asString();
		assertThat(example.lines().count()).isEqualTo(csv.text().lines().count());
		assertThat(example.lines().findFirst()).isEqualTo(csv.text().lines().findFirst());
		assertThat(header("end", 200, "Content-Disposition"))
			.matches(csv.header("Content-Disposition").orElseThrow().replaceAll("\\d+", "\\\\d+"));
		assertThat(header("end", 200, "ETag")).hasSameSizeAs(csv.header("ETag").orElseThrow());
		assertThat(header("start", 201, "ETag")).hasSameSizeAs(tag);
		assertThat(header("start", 201, "Location").replace("42", "" + this.classId))
			.isEqualTo(started.header("Location").orElseThrow());
	}

	@Test
	void examplesOfProblemsAreWhatTheServerAnswers() {
		String json = "application/json";
		assertProblem("record", this.http.send("POST", this.presence, "{", "Content-Type", json));
		assertProblem("record", this.http.send("POST", this.presence, "{}", "Content-Type", json));
		assertProblem("record", this.http.send("POST", this.presence, "{}", "Content-Type", "text/plain"));
		assertProblem("record", this.http.send("POST", this.presence, " ".repeat(20_000), "Content-Type", json));
		assertProblem("record",
				this.http.send("POST", this.presence, "{}", "Accept", "text/html", "Content-Type", json));
		assertProblem("current", this.http.get(this.roll));
		assertProblem("current", this.http.get("/classes/0/roll"));
		assertProblem("current", this.http.get(this.roll + "?after=-1"));
		assertProblem("current", this.http.get(this.roll + "?after=%FF"));
		assertProblem("end", this.http.delete(this.roll));
		assertProblem("end", this.http.delete(this.roll, "If-Match", "x"));
		this.http.start(this.classId);
		assertProblem("start", this.http.start(this.classId));
		assertProblem("end", this.http.delete(this.roll, "If-Match", "\"x\""));
		assertProblem("openRolls", this.http.get("/classes", "Accept", "text/html"));
	}

	@Test
	void swaggerUiShowsIt() {
		Answer page = this.http.get("/swagger-ui.html");
		assertThat(page.status()).isEqualTo(302);
		Answer ui = this.http.get(page.header("Location").orElseThrow().replaceAll("^https?://[^/]+", ""));
		assertThat(ui.status()).isEqualTo(200);
		assertThat(ui.header("Content-Type").orElseThrow()).startsWith("text/html");
		JsonNode config = this.http.get("/v3/api-docs/swagger-config").json();
		assertThat(config.path("url").asString()).isEqualTo("/v3/api-docs");
		assertThat(config.path("tryItOutEnabled").asBoolean()).isTrue();
	}

	private Map<String, JsonNode> operations() {
		Map<String, JsonNode> operations = new LinkedHashMap<>();
		for (JsonNode path : this.api.path("paths")) {
			for (JsonNode operation : path) {
				operations.put(operation.path("operationId").asString(), operation);
			}
		}
		return operations;
	}

	private JsonNode content(String id, int status, String mediaType) {
		return operations().get(id).path("responses").path("" + status).path("content").path(mediaType);
	}

	private String header(String id, int status, String name) {
		return operations().get(id)
			.path("responses")
			.path("" + status)
			.path("headers")
			.path(name)
			.path("example")
			.asString();
	}

	private static JsonNode example(JsonNode described, int index) {
		return described.path("examples").values().stream().toList().get(index).path("value");
	}

	private static List<JsonNode> problemExamples(JsonNode operation) {
		List<JsonNode> problems = new ArrayList<>();
		for (JsonNode response : operation.path("responses")) {
			response.path("content")
				.path(PROBLEM_JSON)
				.path("examples")
				.forEach((example) -> problems.add(example.path("value")));
		}
		return problems;
	}

	private static String codeOf(JsonNode problem) {
		return problem.path("type").asString().replace("urn:rollcall:", "");
	}

	private void assertLike(String id, int status, int index, Answer answer) {
		assertThat(answer.status()).as(id).isEqualTo(status);
		JsonNode content = content(id, status, answer.header("Content-Type").orElseThrow());
		assertThat(shape(example(content, index))).as(id).isEqualTo(shape(answer.json()));
		assertValid(id, answer.json(), schema(content));
	}

	private void assertProblem(String id, Answer answer) {
		assertThat(problemExamples(operations().get(id))).as(id).anySatisfy((example) -> {
			for (String member : List.of("type", "title", "status", "detail", "errors")) {
				assertThat(example.path(member)).isEqualTo(answer.json().path(member));
			}
			assertThat(shape(example)).isEqualTo(shape(answer.json()));
		});
		assertValid(id, answer.json(), schema(content(id, answer.status(), PROBLEM_JSON)));
	}

	/** Member names in order, with the kinds of their values; of a list the first. */
	private static String shape(JsonNode value) {
		if (value.isObject()) {
			List<String> members = new ArrayList<>();
			value.forEachEntry((name, member) -> members.add(name + ": " + shape(member)));
			return members.toString();
		}
		return value.isArray() ? "list of " + shape(value.path(0)) : value.getNodeType().name();
	}

	private static void assertDescribed(String where, JsonNode described) {
		assertThat(described.path("description").asString()).as(where).isNotBlank();
	}

	private void assertExamples(String where, JsonNode described) {
		assertThat(described.path("examples")).as(where).isNotEmpty();
		for (JsonNode example : described.path("examples")) {
			assertThat(example.path("summary").asString()).as(where).isNotBlank();
			assertValid(where, example.path("value"), schema(described));
		}
	}

	private JsonNode schema(JsonNode described) {
		return resolve(described.path("schema"));
	}

	private JsonNode resolve(JsonNode schema) {
		return schema.has("$ref") ? this.api.at(schema.path("$ref").asString().substring(1)) : schema;
	}

	private void assertValid(String where, JsonNode value, JsonNode schema) {
		assertThat(schema.isMissingNode() || schema.path("type").isMissingNode()).as("schema of " + where).isFalse();
		switch (schema.path("type").asString()) {
			case "object" -> assertValidObject(where, value, schema);
			case "array" -> {
				assertThat(value.isArray()).as(where).isTrue();
				value.forEach((item) -> assertValid(where, item, resolve(schema.path("items"))));
			}
			case "integer" -> {
				assertThat(value.isIntegralNumber()).as(where).isTrue();
				if (schema.has("minimum")) {
					assertThat(value.decimalValue()).as(where)
						.isGreaterThanOrEqualTo(schema.path("minimum").decimalValue());
				}
				BigDecimal maximum = schema.path("maximum").decimalValue(new BigDecimal(Long.MAX_VALUE));
				assertThat(value.decimalValue()).as(where).isLessThanOrEqualTo(maximum);
			}
			default -> {
				assertThat(value.isString()).as(where).isTrue();
				String pattern = schema.path("pattern").asString(".*");
				assertThat(value.asString()).as(where).matches(Pattern.compile(pattern, Pattern.DOTALL));
			}
		}
	}

	private void assertValidObject(String where, JsonNode value, JsonNode schema) {
		assertThat(value.propertyNames()).as(where)
			.containsAll(schema.path("required").valueStream().map(JsonNode::asString).toList());
		assertThat(schema.path("properties").propertyNames()).as(where).containsAll(value.propertyNames());
		value.forEachEntry((name, member) -> assertValid(where + "." + name, member,
				resolve(schema.path("properties").path(name))));
	}

}
