package rollcall.roll;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import org.springdoc.core.customizers.OpenApiCustomizer;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.problem.Problems;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Describes the API in the order of a roll call. It stands beside the controllers, not in
 * them; that it leaves nothing out is held by a test.
 */
@Component
class ApiDescription implements OpenApiCustomizer {

	private static final String TEACHER = "Teacher";

	private static final String STUDENT = "Student";

	private static final List<String> STORY = List.of("/classes/{classId}/roll", "/classes/{classId}/presence",
			"/classes");

	private static final String TAG = '"' + ExampleRoll.ROLL_ID.toString() + '"';

	private final Problems problems;

	private final JsonMapper json;

	private final SheetCsvConverter csv;

	private final Environment environment;

	ApiDescription(Problems problems, JsonMapper json, SheetCsvConverter csv, Environment environment) {
		this.problems = problems;
		this.json = json;
		this.csv = csv;
		this.environment = environment;
	}

	@Override
	public void customise(OpenAPI api) {
		api.info(info());
		api.servers(List.of(new Server().url("/").description("This server")));
		api.tags(List.of(new Tag().name(TEACHER).description("Opens the roll of a class, watches it and ends it."),
				new Tag().name(STUDENT).description("Answers the roll.")));
		ApiSchemas.complete(api.getComponents().getSchemas());
		Map<String, Operation> operations = api.getPaths()
			.values()
			.stream()
			.flatMap((path) -> path.readOperations().stream())
			.collect(Collectors.toMap(Operation::getOperationId, (operation) -> operation));
		start(ofTeacher(described(operations, "start")));
		current(ofTeacher(described(operations, "current")));
		end(ofTeacher(described(operations, "end")));
		record(described(operations, "record"));
		openRolls(ofTeacher(described(operations, "openRolls")));
		operations.values().forEach(ApiDescription::sortByStatus);
		api.paths(inOrder(api.getPaths()));
	}

	private Info info() {
		String problemTypes = Stream.of(ProblemType.values())
			.map((type) -> this.problems.describe(new ProblemException(type, Map.of()), Locale.ENGLISH))
			.map((problem) -> "| `%s` | %d | %s |%n".formatted(problem.type(), problem.status(), problem.title()))
			.collect(Collectors.joining());
		String description = resource("api.md").replace("{arrival}", write(ExampleRoll.arrival()))
			.replace("{ended}", write(ExampleRoll.ended()))
			.replace("{topic}", RollEvent.topicOf(ExampleRoll.ROLL_ID))
			.replace("{problems}", problemTypes);
		return new Info().title("Roll call")
			.summary("A live roll call for classrooms")
			.description(description)
			.version(this.environment.getProperty("spring.application.version", "development"));
	}

	private void start(DescribedOperation start) {
		start.text(TEACHER, "1. Open the roll of a class",
				"""
						From now on students are recorded. Opening it twice changes nothing: the second answer is a conflict \
						that tells since when the roll is open. A teacher can have %,d open rolls; a start beyond that is refused \
						until one of them ends. A body is not needed."""
					.formatted(RollCallProperties.MAX_OPEN_ROLLS));
		classId(start);
		start
			.answer(201, "The roll is open, and that is on the disk", ApiSchemas.ref(StartedRoll.class),
					DescribedOperation.examples(start.example("The confirmation", ExampleRoll.started())))
			.header(201, HttpHeaders.LOCATION, "Where the roll can be read and ended.", "/classes/42/roll")
			.header(201, HttpHeaders.ETAG, "The roll's id in quotes, for If-Match when the roll is ended.", TAG)
			.problem(new ProblemException(ProblemType.FOREIGN_ORIGIN, Map.of()))
			.problem(new RollAlreadyOpenException(ExampleRoll.CLASS_ID, ExampleRoll.STARTED_AT))
			.problem(new TooManyRollsException(ExampleRoll.CLASS_ID))
			.problem(StoreUnavailableException.overloaded());
	}

	private void current(DescribedOperation current) {
		current.text(TEACHER, "3. See who is here", """
				The open roll as it is in the store. Whoever follows the live topic reads only what is new with \
				`after`: after subscribing, at a gap in `seq`, after a reconnect, and every 15 seconds.""");
		classId(current);
		current
			.parameter("after", ApiSchemas.after(), "Only presences with a larger `seq` are wanted.",
					DescribedOperation.examples(current.example("Everyone", 0),
							current.example("Those after the first", 1)))
			.answer(200, "The open roll", ApiSchemas.ref(CurrentRoll.class),
					DescribedOperation.examples(current.example("Everyone", ExampleRoll.current()),
							current.example("Those after the first", ExampleRoll.currentAfterFirst())))
			.problem(Problems.invalid(List.of("after")))
			.problem(new NotYourRollException(ExampleRoll.CLASS_ID))
			.problem(new NoOpenRollException(ExampleRoll.CLASS_ID));
	}

	private void end(DescribedOperation end) {
		end.text(TEACHER, "4. End the roll and take its sheet", """
				Nobody is recorded any more, the list is handed over, and the server forgets it. With `If-Match` \
				naming the roll it ends that one and no other; if the answer is lost, the same request gets the same \
				sheet again for some minutes. As `text/csv` the sheet opens in a spreadsheet: ids stay text, times are \
				the server's local time, and the separator is the one that `Accept-Language` expects.""");
		classId(end);
		end.parameter(HttpHeaders.IF_MATCH, ApiSchemas.text(),
				"The roll that is meant, as its ETag told. Absent, or `*`: whichever is open.",
				DescribedOperation.examples(end.example("Whichever is open", "*"),
						end.example("This roll and no other", TAG)))
			.answer(200, "The roll is ended, and that is on the disk", ApiSchemas.ref(Sheet.class),
					DescribedOperation.examples(end.example("The sheet", ExampleRoll.sheet())))
			.alsoAs(200, SheetCsvConverter.TEXT_CSV,
					DescribedOperation.examples(new Example().summary("The sheet for a spreadsheet").value(csv())))
			.header(200, HttpHeaders.ETAG, "The id of the roll that was ended, in quotes.", TAG)
			.header(200, HttpHeaders.CONTENT_DISPOSITION, "Of CSV only: the name of the file.",
					"attachment; filename=\"%s\"".formatted(this.csv.fileName(ExampleRoll.sheet())))
			.problem(Problems.invalid(List.of(HttpHeaders.IF_MATCH)))
			.problem(new NoOpenRollException(ExampleRoll.CLASS_ID))
			.problem(new ProblemException(ProblemType.FOREIGN_ORIGIN, Map.of()))
			.problem(new NotYourRollException(ExampleRoll.CLASS_ID))
			.problem(new AnotherRollOpenException(ExampleRoll.CLASS_ID))
			.problem(StoreUnavailableException.overloaded());
	}

	private void record(DescribedOperation record) {
		record.text(STUDENT, "2. Be present",
				"""
						Records the student in the open roll of the class. Asking again gets the first answer. While no roll \
						is open, or when the roll has as many students as the server takes for one roll \
						(`rollcall.max-students-per-roll`), the answer has class id 0 and a reason: the presence was refused.""");
		classId(record);
		record
			.requestBody("The enrolment number. Outer spaces go, and a number is read as its digits.",
					DescribedOperation.examples(record.example("As text", ExampleRoll.request()),
							record.example("As a number", Map.of("studentId", 42191010))))
			.answer(200, "Recorded, and that is on the disk; or refused, with class id 0",
					ApiSchemas.ref(PresenceReceipt.class),
					DescribedOperation.examples(record.example("Recorded", ExampleRoll.recorded()),
							record.example("Refused: no roll is open", ExampleRoll.refused()),
							record.example("Refused: the roll is full", ExampleRoll.refusedFull())))
			.problem(Problems.invalid(List.of("studentId")))
			.problem(new ProblemException(ProblemType.FOREIGN_ORIGIN, Map.of()))
			.problem(new ProblemException(ProblemType.MALFORMED_BODY, Map.of()))
			.problem(new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, Map.of()))
			.problem(StoreUnavailableException.overloaded());
	}

	private void openRolls(DescribedOperation openRolls) {
		openRolls
			.text(TEACHER, "List the open rolls",
					"All classes that have a roll open, with how many are present so far.")
			.answer(200, "The open rolls by class; an empty list if there is none", ApiSchemas.listOf(OpenRoll.class),
					DescribedOperation.examples(openRolls.example("One roll is open", List.of(ExampleRoll.open()))));
	}

	private static void classId(DescribedOperation operation) {
		operation
			.parameter("classId", ApiSchemas.classId(), "The class.",
					DescribedOperation.examples(operation.example("A class", ExampleRoll.CLASS_ID)))
			.problem(Problems.invalid(List.of("classId")));
	}

	/** The operation, with the problems that every request may meet. */
	private DescribedOperation described(Map<String, Operation> operations, String id) {
		return new DescribedOperation(Objects.requireNonNull(operations.get(id)), this.json, this.problems)
			.problem(new ProblemException(ProblemType.BAD_REQUEST, Map.of()))
			.problem(new ProblemException(ProblemType.UNKNOWN_HOST, Map.of()))
			.problem(new ProblemException(ProblemType.NOT_ACCEPTABLE, Map.of()))
			.problem(new ProblemException(ProblemType.REQUEST_TIMEOUT, Map.of()))
			.problem(new ProblemException(ProblemType.BODY_TOO_LARGE, Map.of()))
			.problem(StoreUnavailableException.failed());
	}

	/** What every request of a teacher may meet besides. */
	private static DescribedOperation ofTeacher(DescribedOperation operation) {
		return operation.problem(new ProblemException(ProblemType.UNAUTHORIZED, Map.of()))
			.problem(new ProblemException(ProblemType.ONLY_THIS_MACHINE, Map.of()))
			.problem(new ProblemException(ProblemType.TOO_MANY_LOGINS, Map.of()));
	}

	private static void sortByStatus(Operation operation) {
		ApiResponses sorted = new ApiResponses();
		sorted.putAll(new TreeMap<>(operation.getResponses()));
		operation.setResponses(sorted);
	}

	private static Paths inOrder(Paths paths) {
		Paths ordered = new Paths();
		STORY.forEach((path) -> ordered.addPathItem(path, paths.get(path)));
		paths.forEach((String path, PathItem item) -> ordered.putIfAbsent(path, item));
		return ordered;
	}

	private String write(Object value) {
		return this.json.writeValueAsString(value);
	}

	private String csv() {
		try {
			StringWriter csv = new StringWriter();
			this.csv.write(ExampleRoll.sheet(), Locale.ENGLISH, csv);
			return csv.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String resource(String name) {
		try {
			return new ClassPathResource(name, ApiDescription.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
