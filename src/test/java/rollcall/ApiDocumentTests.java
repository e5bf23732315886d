package rollcall;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springdoc.core.service.OpenAPIService;
import rollcall.ApiDocument.Operation;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.problem.Problems;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * openapi.yaml describes all controllers and nothing else, and its examples and bounds
 * are right. {@link ApiAnswersIT} tests the answers.
 */
@ServerTest
class ApiDocumentTests {

	private static final JsonMapper JSON = new JsonMapper();

	private final Http http;

	private final ApiDocument document;

	private final Problems problems;

	private final RequestMappingHandlerMapping mappings;

	private final OpenAPIService springdoc;

	ApiDocumentTests(@LocalServerPort int port, Problems problems,
			@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings,
			OpenAPIService springdoc) {
		this.http = new Http(port);
		this.document = ApiDocument.of(this.http);
		this.problems = problems;
		this.mappings = mappings;
		this.springdoc = springdoc;
	}

	@Test
	void descriptionAndControllersHaveTheSameOperations() {
		Set<String> mapped = this.mappings.getHandlerMethods()
			.keySet()
			.stream()
			.flatMap(ApiDocumentTests::requests)
			.filter((request) -> request.matches("\\w+ /(?:classes|sheets).*"))
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> described = this.document.operations()
			.values()
			.stream()
			.map((operation) -> operation.method() + " " + operation.path())
			.filter((request) -> request.matches("\\w+ /(?:classes|sheets).*"))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(described).isNotEmpty().isEqualTo(mapped);
	}

	@Test
	void everyOperationHasOneTagAndStepsAreInOrder() {
		List<String> tags = this.document.root().path("tags").findValuesAsString("name");
		List<String> steps = new ArrayList<>();
		for (String tag : tags) {
			this.document.operations().values().forEach((operation) -> {
				if (operation.node().at("/tags/0").asString().equals(tag)) {
					steps.add(operation.node().path("summary").asString().replaceAll("^([1-9])\\..*", "$1"));
				}
			});
		}
		assertThat(steps).hasSameSizeAs(this.document.operations().values()).startsWith("1", "2");
		assertThat(steps).filteredOn((step) -> step.length() == 1).containsExactly("1", "2", "3", "4");
	}

	@Test
	void everyExampleMatchesItsSchema() {
		List<String> wrong = new ArrayList<>();
		this.document.operations().values().forEach((operation) -> {
			operation.parameters().forEach((parameter) -> checkExamples(operation, parameter, wrong));
			operation.node().at("/requestBody/content").forEach((content) -> checkExamples(operation, content, wrong));
			for (String status : operation.node().path("responses").propertyNames()) {
				JsonNode response = this.document.response(operation, Integer.parseInt(status));
				response.path("content").forEach((content) -> checkExamples(operation, content, wrong));
				response.path("headers")
					.forEach((header) -> checkExamples(operation, this.document.resolve(header), wrong));
			}
		});
		assertThat(wrong).isEmpty();
	}

	@Test
	void everyProblemTypeHasAnExampleWithTheTextsOfTheServer() {
		Set<String> described = new TreeSet<>();
		this.document.root().at("/components/examples").forEach((example) -> {
			JsonNode value = example.path("value");
			String code = value.path("type").asString().replace("urn:rollcall:", "");
			described.add(code);
			ProblemType type = ProblemType.valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
			List<String> fields = value.path("errors").findValuesAsString("field");
			Problems.Problem problem = this.problems.describe(
					fields.isEmpty() ? new ProblemException(type, Map.of()) : Problems.invalid(fields), Locale.ENGLISH);
			assertThat(value.path("title").asString()).isEqualTo(problem.title());
			assertThat(value.path("status").asInt()).isEqualTo(problem.status());
			assertThat(value.path("detail").asString()).isEqualTo(problem.detail());
			assertThat(value.at("/errors/0/rule").asString(""))
				.isEqualTo(JSON.valueToTree(problem).at("/errors/0/rule").asString(""));
		});
		assertThat(described)
			.isEqualTo(Stream.of(ProblemType.values()).map(ProblemType::code).collect(Collectors.toSet()));
	}

	@ParameterizedTest
	@EnumSource(names = { "OVERLOADED", "STORE_UNAVAILABLE" })
	void theTicketForARepeatIsDescribed(ProblemType type) {
		Problems.Problem problem = this.problems.describe(new ProblemException(type, Map.of("ticket", "1.1.x")),
				Locale.ENGLISH);
		JsonNode answer = JSON.valueToTree(problem);
		assertThat(answer.path("ticket").asString()).isEqualTo("1.1.x");
		assertThat(this.document.violations(this.document.root().at("/components/schemas/Problem"), answer)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"042191010\"", "42191010", "0", "\" 1 \"", "\"a.b_c-d\"", "\"\"", "\"a b\"", "\"a/b\"",
			"-5", "1.5", "true", "null", "[]", "{}",
			"\"1234567890123456789012345678901234567890123456789012345678901234\"",
			"\"12345678901234567890123456789012345678901234567890123456789012345\"",
			"1234567890123456789012345678901234567890123456789012345678901234",
			"12345678901234567890123456789012345678901234567890123456789012345" })
	void schemaAndServerAcceptTheSameStudentIds(String studentId) {
		String body = "{\"studentId\": " + studentId + "}";
		JsonNode schema = this.document.root().at("/components/schemas/PresenceRequest");
		boolean taken = this.http.sendJson("/classes/" + Http.newClassId() + "/presence", body).status() == 200;
		assertThat(this.document.violations(schema, JSON.readTree(body)).isEmpty()).isEqualTo(taken);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "classId|0", "classId|1", "classId|9007199254740991", "classId|9007199254740992", "classId|-1",
					"after|0", "after|-1", "after|999999999999999999", "after|1000000000000000000", "If-Match|*",
					"If-Match|\"x\"", "If-Match|W/\"x\"", "If-Match|\"x\" , \"y\"", "If-Match|x", "If-Match|\"x",
					"If-Match|*, \"x\"", "If-Match|,", "If-Match|\"a b\"", "If-Match|\"a\",,", "If-Match|w/\"a\"",
					"rollId|3f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c11", "rollId|3F0E8A52-5D0B-4F6E-9B51-0D1F6C1F0C11",
					"rollId|1-1-1-1-1", "rollId|3f0e8a52", "rollId|0" })
	void schemaAndServerAcceptTheSameParameters(String name, String value) {
		boolean header = name.equals("If-Match");
		boolean sheet = name.equals("rollId");
		Operation operation = this.document.operations().get(header ? "end" : sheet ? "sheet" : "current");
		JsonNode schema = operation.parameters()
			.stream()
			.filter((parameter) -> parameter.path("name").asString().equals(name))
			.findFirst()
			.orElseThrow()
			.path("schema");
		String path = "/classes/" + (name.equals("classId") ? value : Http.newClassId()) + "/roll"
				+ (name.equals("after") ? "?after=" + value : "");
		int status = header ? this.http.delete(path, name, value).status()
				: this.http.get(sheet ? "/sheets/" + value : path).status();
		JsonNode typed = (header || sheet) ? JSON.getNodeFactory().stringNode(value) : JSON.readTree(value);
		assertThat(this.document.violations(schema, typed).isEmpty()).isEqualTo(status == 404);
	}

	@Test
	void descriptionDeclaresTheLoginsForGeneratedClients() {
		assertThat(this.document.root().at("/components/securitySchemes").findValuesAsString("type"))
			.containsExactly("http", "http", "apiKey");
		assertThat(this.document.root().path("security").findValues("password")).hasSize(1);
		assertThat(this.document.operations().get("record").node().path("security")).isEmpty();
		assertThat(this.document.operations().get("record").node().has("security")).isTrue();
		// Generators for TypeScript turn uniqueItems into a Set, which becomes an empty
		// object in JSON.
		assertThat(this.document.root().findValues("uniqueItems")).isEmpty();
	}

	/** Otherwise any client could fill the memory with copies. */
	@Test
	void oneCachedCopyServesAllLanguages() {
		String english = this.http.get("/v3/api-docs").text();
		assertThat(this.http.get("/v3/api-docs", "Accept-Language", "xx-YY").text()).isEqualTo(english);
		assertThat(this.springdoc.getCachedOpenAPI(Locale.ENGLISH)).isNotNull();
		assertThat(this.springdoc.getCachedOpenAPI(Locale.forLanguageTag("xx-YY"))).isNull();
	}

	@Test
	void swaggerUiShowsTheDescription() {
		Http.Answer page = this.http.get("/swagger-ui.html");
		assertThat(page.status()).isEqualTo(302);
		Http.Answer ui = this.http.get(page.header("Location").orElseThrow().replaceAll("^https?://[^/]+", ""));
		assertThat(ui.status()).isEqualTo(200);
		assertThat(ui.header("Content-Type").orElseThrow()).startsWith("text/html");
		assertThat(Pattern.compile("(?:src|href)=\"\\./(.*?)\"").matcher(ui.text()).results()).hasSizeGreaterThan(5)
			.allSatisfy((file) -> assertThat(this.http.get("/swagger-ui/" + file.group(1)).status()).isEqualTo(200));
		JsonNode config = this.http.get("/v3/api-docs/swagger-config").json();
		assertThat(config.path("url").asString()).isEqualTo("/v3/api-docs");
		assertThat(config.path("tryItOutEnabled").asBoolean()).isTrue();
	}

	private void checkExamples(Operation operation, JsonNode described, List<String> wrong) {
		List<JsonNode> values = new ArrayList<>();
		if (described.has("example")) {
			values.add(described.path("example"));
		}
		described.path("examples").forEach((example) -> values.add(this.document.resolve(example).path("value")));
		if (values.isEmpty() && !operation.id().equals("logIn")) {
			wrong.add(operation.id() + " has no example of " + described);
		}
		for (JsonNode value : values) {
			this.document.violations(described.path("schema"), value)
				.forEach((violation) -> wrong.add(operation.id() + ": " + violation + ": " + value));
		}
	}

	private static Stream<String> requests(RequestMappingInfo mapping) {
		return mapping.getPatternValues()
			.stream()
			.flatMap(
					(path) -> mapping.getMethodsCondition().getMethods().stream().map((method) -> method + " " + path));
	}

}
