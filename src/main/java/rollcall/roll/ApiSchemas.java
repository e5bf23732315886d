package rollcall.roll;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of the API. A member has one name and one meaning everywhere, so that its
 * rules are told once, by that name.
 */
@SuppressWarnings({ "rawtypes", "unchecked" }) // as the model's own signatures are
final class ApiSchemas {

	static final String PROBLEM = "Problem";

	private static final String INSTANT = "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$";

	private static final String TOPIC = "^/topic/rolls\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

	private static final Map<String, Consumer<Schema<?>>> RULES = Map.ofEntries(
			Map.entry("classId", (schema) -> range(schema, 1, ClassId.MAX, "The class.")),
			Map.entry("rollId", (schema) -> schema.description("The id of the roll, never used again.")),
			Map.entry("startedAt", (schema) -> instant(schema, "When the roll opened.")),
			Map.entry("endedAt", (schema) -> instant(schema, "When the roll closed; no presence is later.")),
			Map.entry("at", (schema) -> instant(schema, "When it happened.")),
			Map.entry("topic",
					(schema) -> schema.pattern(TOPIC)
						.description("The STOMP destination on which the roll's events are published.")),
			Map.entry("seq",
					(schema) -> range(schema, 0, null, "The number of the presence: 1, 2, 3 … in the order "
							+ "of commit, without a hole. Of a roll: of its last presence, 0 while there is none.")),
			Map.entry("present", (schema) -> range(schema, 0, null, "How many students are recorded so far.")),
			Map.entry("studentId", ApiSchemas::studentId),
			Map.entry("studentIds",
					(schema) -> studentId(schema.uniqueItems(true)
						.description("The enrolment numbers in order of arrival, nobody twice.")
						.getItems())),
			Map.entry("presences", (schema) -> schema.description("The students in order of arrival.")),
			Map.entry("reason",
					(schema) -> enumeration(schema.description("Why it was refused; absent when recorded."),
							PresenceReceipt.NO_OPEN_ROLL, PresenceReceipt.ROLL_FULL)),
			Map.entry("full", (schema) -> enumeration(
					schema.description("True if the roll takes no further student; absent otherwise."), true)));

	/** What an answer may lack. */
	private static final Set<String> OPTIONAL = Set.of("PresenceReceipt.reason", "RollEvent.studentId",
			"CurrentRoll.full");

	private ApiSchemas() {
	}

	/** Completes the schemas that springdoc has read from the controllers. */
	static void complete(Map<String, Schema> schemas) {
		// Each is a plain value on the wire.
		schemas.keySet().removeAll(List.of("ClassId", "SeqNumber", "RollMatch"));
		schemas.putAll(ModelConverters.getInstance(true).readAll(PresenceReceipt.class));
		schemas.putAll(ModelConverters.getInstance(true).readAll(RollEvent.class));
		schemas.forEach(ApiSchemas::complete);
		range(property(schemas, "PresenceReceipt.classId"), 0, ClassId.MAX,
				"The class the presence was recorded in; 0 when it was refused.");
		enumeration(property(schemas, "RollEvent.type").description("An arrival, or the last event of its roll."),
				RollEvent.PRESENCE, RollEvent.ENDED);
		schemas.put(PROBLEM, problem());
	}

	static Schema<?> classId() {
		Schema<?> schema = of("integer").format("int64");
		Objects.requireNonNull(RULES.get("classId")).accept(schema);
		return schema;
	}

	static Schema<?> after() {
		Schema<?> schema = range(of("integer").format("int64"), 0, null, "0 for all.");
		schema.setDefault(0);
		return schema;
	}

	static Schema<?> text() {
		return of("string");
	}

	static Schema<?> ref(Class<?> type) {
		return ref(type.getSimpleName());
	}

	static Schema<?> ref(String name) {
		return new Schema<>(SpecVersion.V31).$ref("#/components/schemas/" + name);
	}

	static Schema<?> listOf(Class<?> type) {
		return of("array").items(ref(type));
	}

	private static void complete(String name, Schema<?> schema) {
		Map<String, Schema> properties = schema.getProperties();
		List<String> required = new ArrayList<>();
		properties.forEach((property, rules) -> {
			if (RULES.containsKey(property)) {
				RULES.get(property).accept(rules);
			}
			if (!OPTIONAL.contains(name + "." + property)) {
				required.add(property);
			}
		});
		schema.setRequired(required);
	}

	private static Schema<?> problem() {
		Schema<?> error = of("object").addProperty("field", of("string").description("The field or parameter."))
			.addProperty("rule", of("string").description("The rule it breaks, in the reader's language."))
			.required(List.of("field", "rule"));
		Schema<?> startedAt = of("string").format("date-time");
		return of("object").description("An error (RFC 9457).")
			.addProperty("type", of("string").pattern("^urn:rollcall:[a-z-]+$").description("A fixed code."))
			.addProperty("title", of("string").description("What happened, in the reader's language."))
			.addProperty("status", of("integer").description("The HTTP status."))
			.addProperty("detail", of("string").description("What to do about it, in the reader's language."))
			.addProperty("classId", classId())
			.addProperty("startedAt", instant(startedAt, "When the roll that is open already was opened."))
			.addProperty("errors", of("array").items(error).description("The values that break a rule."))
			.required(List.of("type", "title", "status", "detail"));
	}

	private static Schema<?> of(String type) {
		return new Schema<>(SpecVersion.V31).types(Set.of(type));
	}

	private static Schema<?> property(Map<String, Schema> schemas, String path) {
		String[] names = path.split("\\.");
		Schema<?> property = (Schema<?>) Objects.requireNonNull(schemas.get(names[0])).getProperties().get(names[1]);
		return Objects.requireNonNull(property);
	}

	private static Schema<?> range(Schema<?> schema, long minimum, @Nullable Long maximum, String description) {
		schema.minimum(BigDecimal.valueOf(minimum)).description(description);
		return (maximum != null) ? schema.maximum(BigDecimal.valueOf(maximum)) : schema;
	}

	private static Schema<?> instant(Schema<?> schema, String description) {
		return schema.pattern(INSTANT).description(description + " UTC, whole milliseconds.");
	}

	private static Schema<?> studentId(Schema<?> schema) {
		return schema.pattern("^" + PresenceRequest.STUDENT_ID + "$")
			.description("The enrolment number, as text, so that a leading zero stays.");
	}

	private static void enumeration(Schema<?> schema, Object... values) {
		((Schema) schema).setEnum(List.of(values));
	}

}
