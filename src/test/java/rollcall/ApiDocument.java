package rollcall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of the API as a server shows it. Its schemas are made stricter: a
 * member that is not described is an error here, although clients must ignore such
 * members.
 */
final class ApiDocument {

	static final String PROBLEM_JSON = "application/problem+json";

	private static final JsonMapper JSON = new JsonMapper();

	private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

	/** Headers of HTTP itself, and headers of every answer. */
	private static final Set<String> OF_EVERY_ANSWER = Set.of("date", "content-type", "content-length",
			"transfer-encoding", "connection", "keep-alive", "vary", "cache-control", "content-security-policy",
			"x-content-type-options", "x-frame-options", "cross-origin-resource-policy", "referrer-policy");

	private final JsonNode root;

	private ApiDocument(JsonNode root) {
		this.root = root;
		close(root.path("paths"));
		close(root.path("components"));
	}

	static ApiDocument of(Http http) {
		return new ApiDocument(http.get("/v3/api-docs").json());
	}

	JsonNode root() {
		return this.root;
	}

	Map<String, Operation> operations() {
		Map<String, Operation> operations = new LinkedHashMap<>();
		this.root.path("paths").forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
			if (METHODS.contains(method)) {
				List<JsonNode> parameters = new ArrayList<>();
				item.path("parameters").forEach((parameter) -> parameters.add(resolve(parameter)));
				operation.path("parameters").forEach((parameter) -> parameters.add(resolve(parameter)));
				operations.put(operation.path("operationId").asString(),
						new Operation(operation.path("operationId").asString(), method.toUpperCase(Locale.ROOT), path,
								parameters, operation));
			}
		}));
		return operations;
	}

	JsonNode response(Operation operation, int status) {
		return resolve(operation.node().path("responses").path(String.valueOf(status)));
	}

	/** The described answers of an operation: a status, for problems with the type. */
	Set<String> outcomes(Operation operation) {
		Set<String> outcomes = new TreeSet<>();
		operation.node().path("responses").propertyNames().forEach((status) -> {
			JsonNode problems = response(operation, Integer.parseInt(status)).path("content")
				.path(PROBLEM_JSON)
				.path("examples");
			if (problems.isMissingNode()) {
				outcomes.add(status);
			}
			problems.forEach((example) -> outcomes
				.add(status + " " + resolve(example).at("/value/type").asString().replace("urn:rollcall:", "")));
		});
		return outcomes;
	}

	JsonNode resolve(JsonNode node) {
		return node.has("$ref") ? this.root.at(node.path("$ref").asString().substring(1)) : node;
	}

	/** The differences between a value and its schema. */
	List<String> violations(JsonNode schema, JsonNode value) {
		ObjectNode complete = ((ObjectNode) schema).deepCopy();
		complete.set("components", this.root.path("components"));
		return SCHEMAS.getSchema(complete)
			.validate(value, (context) -> context.executionConfig((config) -> config.formatAssertionsEnabled(true)))
			.stream()
			.map(Error::toString)
			.toList();
	}

	/** The differences between an answer and the description of its operation. */
	List<String> violations(Operation operation, Reply answer) {
		JsonNode response = response(operation, answer.status());
		if (response.isMissingNode()) {
			return List.of("the status is not described");
		}
		List<String> wrong = new ArrayList<>();
		response.path("headers").forEachEntry((name, header) -> checkHeader(name, resolve(header), answer, wrong));
		for (String name : answer.headers().keySet()) {
			if (!OF_EVERY_ANSWER.contains(name) && response.path("headers")
				.propertyNames()
				.stream()
				.noneMatch((described) -> described.equalsIgnoreCase(name))) {
				wrong.add("the header " + name + " is not described");
			}
		}
		String type = answer.headers().getOrDefault("content-type", "").replaceAll(";.*", "");
		JsonNode content = response.path("content").path(type);
		if (!response.has("content")) {
			return answer.body().isEmpty() ? wrong : List.of("a body is not described");
		}
		if (content.isMissingNode()) {
			wrong.add("the content type " + type + " is not described");
		}
		else {
			wrong.addAll(violations(content.path("schema"),
					type.endsWith("json") ? answer.json() : JSON.getNodeFactory().stringNode(answer.body())));
		}
		return wrong;
	}

	private void checkHeader(String name, JsonNode header, Reply answer, List<String> wrong) {
		Optional.ofNullable(answer.headers().get(name.toLowerCase(Locale.ROOT))).ifPresentOrElse((value) -> {
			boolean number = header.path("schema").path("type").asString().equals("integer");
			wrong.addAll(violations(header.path("schema"),
					number ? JSON.readTree(value) : JSON.getNodeFactory().stringNode(value)));
		}, () -> {
			if (header.path("required").asBoolean()) {
				wrong.add("the header " + name + " is missing");
			}
		});
	}

	/** Forbids members that are not described. */
	private static void close(JsonNode node) {
		if (node.path("properties").isObject()) {
			((ObjectNode) node).put("additionalProperties", false);
		}
		node.forEach(ApiDocument::close);
	}

	/** One operation, with its own parameters and those of its path. */
	record Operation(String id, String method, String path, List<JsonNode> parameters, JsonNode node) {
	}

}
