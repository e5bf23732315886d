package rollcall.roll;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import rollcall.problem.Problem;
import rollcall.problem.ProblemException;
import rollcall.problem.Problems;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

/**
 * One operation of the API while it is being described. Every example is written by what
 * writes the answers.
 */
final class DescribedOperation {

	private static final String JSON = org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

	private static final String PROBLEM_JSON = org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;

	private final Operation operation;

	private final JsonMapper json;

	private final Problems problems;

	DescribedOperation(Operation operation, JsonMapper json, Problems problems) {
		this.operation = operation.responses(new ApiResponses());
		this.json = json;
		this.problems = problems;
	}

	DescribedOperation text(String tag, String summary, String description) {
		this.operation.tags(List.of(tag)).summary(summary).description(description);
		return this;
	}

	DescribedOperation parameter(String name, Schema<?> schema, String description, Map<String, Example> examples) {
		Parameter parameter = this.operation.getParameters()
			.stream()
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow();
		parameter.schema(schema).description(description).examples(examples);
		return this;
	}

	DescribedOperation requestBody(String description, Map<String, Example> examples) {
		MediaType content = this.operation.getRequestBody().description(description).getContent().get(JSON);
		Objects.requireNonNull(content).examples(examples);
		return this;
	}

	DescribedOperation answer(int status, String description, Schema<?> schema, Map<String, Example> examples) {
		MediaType content = new MediaType().schema(schema).examples(examples);
		response(status).description(description).getContent().addMediaType(JSON, content);
		return this;
	}

	DescribedOperation alsoAs(int status, String mediaType, Map<String, Example> examples) {
		MediaType content = new MediaType().schema(ApiSchemas.text()).examples(examples);
		response(status).getContent().addMediaType(mediaType, content);
		return this;
	}

	DescribedOperation header(int status, String name, String description, String example) {
		response(status).addHeaderObject(name,
				new Header().description(description).schema(ApiSchemas.text()).example(example));
		return this;
	}

	/** Adds an answer for the problem, or an example if its status is there already. */
	DescribedOperation problem(ProblemException exception) {
		Problem problem = this.problems.describe(exception, Locale.ENGLISH);
		ApiResponse response = response(problem.status());
		if (response.getDescription() == null) {
			MediaType content = new MediaType().schema(ApiSchemas.ref(ApiSchemas.PROBLEM));
			response.description(problem.title()).getContent().addMediaType(PROBLEM_JSON, content);
		}
		else if (!response.getDescription().contains(problem.title())) {
			response.description(response.getDescription() + ", or: " + problem.title());
		}
		MediaType content = Objects.requireNonNull(response.getContent().get(PROBLEM_JSON));
		int number = (content.getExamples() != null) ? content.getExamples().size() + 1 : 1;
		content.addExamples(exception.type().code() + "-" + number, example(problem.title(), problem));
		if (problem.status() == 503) {
			header(503, HttpHeaders.RETRY_AFTER, "Seconds after which to repeat the request.", "1");
		}
		return this;
	}

	/** The example of one value that the API reads or writes as JSON. */
	Example example(String summary, Object value) {
		Object tree = this.json.readValue(this.json.writeValueAsBytes(value), Object.class);
		return new Example().summary(summary).value(tree);
	}

	/** Names the examples by number, in their order. */
	static Map<String, Example> examples(Example... examples) {
		Map<String, Example> all = new LinkedHashMap<>();
		for (Example example : examples) {
			all.put("example-" + (all.size() + 1), example);
		}
		return all;
	}

	private ApiResponse response(int status) {
		String name = String.valueOf(status);
		ApiResponse response = this.operation.getResponses().get(name);
		if (response == null) {
			response = new ApiResponse().content(new Content());
			this.operation.getResponses().addApiResponse(name, response);
		}
		return response;
	}

}
