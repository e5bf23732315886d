package rollcall.live;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import rollcall.Http.Answer;
import rollcall.Http;
import rollcall.ServerTest;
import rollcall.StompSocket;
import rollcall.roll.RollEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * asyncapi.yaml matches the record {@link RollEvent} and the frames of a real server.
 */
@ServerTest
class TopicDocumentTests {

	private static final List<String> MESSAGES = List.of("presence", "absence", "changed", "ended");

	private final Http http;

	private final JsonNode document;

	private final long classId = Http.newClassId();

	TopicDocumentTests(@LocalServerPort int port) throws IOException {
		this.http = new Http(port);
		try (InputStream yaml = TopicDocumentTests.class.getResourceAsStream("/asyncapi.yaml")) {
			this.document = new YAMLMapper().readTree(yaml);
		}
	}

	@Test
	void serverServesTheFileUnchanged() throws IOException {
		Answer answer = this.http.get("/asyncapi.yaml");
		assertThat(answer.header("Content-Type")).hasValue("application/yaml");
		try (InputStream yaml = TopicDocumentTests.class.getResourceAsStream("/asyncapi.yaml")) {
			assertThat(answer.response().body()).isEqualTo(yaml.readAllBytes());
		}
	}

	@Test
	void messagesHaveTheTypesAndMembersOfTheRecord() {
		assertThat(schema("presence").at("/properties/type/const").asString()).isEqualTo(RollEvent.PRESENCE);
		assertThat(schema("ended").at("/properties/type/const").asString()).isEqualTo(RollEvent.ENDED);
		assertThat(schema("absence").at("/properties/type/const").asString()).isEqualTo(RollEvent.ABSENCE);
		assertThat(this.document.at("/channels/roll/messages").propertyNames()).containsExactlyElementsOf(MESSAGES);
		List<String> members = Stream.of(RollEvent.class.getRecordComponents()).map(RecordComponent::getName).toList();
		Set<String> described = new TreeSet<>();
		MESSAGES.forEach((message) -> described.addAll(schema(message).path("properties").propertyNames()));
		assertThat(described).containsExactlyInAnyOrderElementsOf(members);
		assertThat(this.document.at("/channels/roll/address").asString())
			.isEqualTo(RollEvent.TOPIC_PREFIX + "{rollId}");
	}

	@Test
	void examplesAreValid() {
		for (String message : MESSAGES) {
			JsonNode examples = this.document.at("/components/messages/" + message + "/examples");
			assertThat(examples).isNotEmpty();
			examples.forEach((example) -> assertThat(violations(message, example.path("payload"))).isEmpty());
		}
	}

	@Test
	void eventsInTheApiDocumentAreValid() throws IOException {
		List<JsonNode> events = Files.readAllLines(Path.of("src", "docs", "api.md"))
			.stream()
			.filter((line) -> line.startsWith("{\"type\":"))
			.map((line) -> new JsonMapper().readTree(line))
			.toList();
		assertThat(events).extracting((event) -> event.path("type").asString()).containsExactlyElementsOf(MESSAGES);
		events.forEach((event) -> assertThat(violations(event.path("type").asString(), event)).isEmpty());
	}

	@Test
	void framesMatchTheDocument() {
		Answer started = this.http.start(this.classId);
		try (StompSocket socket = StompSocket.connect(this.http.port())) {
			socket.subscribe(started.member("topic"));
			this.http.present(this.classId, "s1");
			assertFrame(socket.next(), "presence", started.member("topic"));
			this.http.mark(this.classId, "s1", "absent");
			assertFrame(socket.next(), "absence", started.member("topic"));
			this.http.mark(this.classId, "s1", "late");
			assertFrame(socket.next(), "presence", started.member("topic"));
			this.http.send("PATCH", "/classes/" + this.classId + "/roll", "{\"endsAfter\": \"PT1H\"}", "Content-Type",
					"application/json");
			assertFrame(socket.next(), "changed", started.member("topic"));
			this.http.delete("/classes/" + this.classId + "/roll");
			assertFrame(socket.next(), "ended", started.member("topic"));
		}
	}

	private void assertFrame(String frame, String message, String topic) {
		assertThat(frame).startsWith("MESSAGE\n").contains("destination:" + topic + "\n");
		assertThat(frame).contains("content-type:" + this.document.path("defaultContentType").asString());
		JsonNode payload = new JsonMapper().readTree(StompSocket.bodyOf(frame));
		assertThat(payload.path("type").asString()).isEqualTo(message);
		assertThat(violations(message, payload)).isEmpty();
	}

	/** Stricter than the document: members that it does not name are violations. */
	private List<String> violations(String message, JsonNode payload) {
		ObjectNode complete = schema(message).deepCopy();
		complete.put("additionalProperties", false);
		complete.set("components", this.document.path("components"));
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(complete)
			.validate(payload, (context) -> context.executionConfig((config) -> config.formatAssertionsEnabled(true)))
			.stream()
			.map(Error::toString)
			.toList();
	}

	private ObjectNode schema(String message) {
		String reference = this.document.at("/components/messages/" + message + "/payload/$ref").asString();
		return (ObjectNode) this.document.at(reference.substring(1));
	}

}
