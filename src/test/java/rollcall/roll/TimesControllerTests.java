package rollcall.roll;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Await;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The requests and answers about late students and deadlines. */
@ServerTest
class TimesControllerTests {

	private final Http http;

	private final long classId = Http.newClassId();

	private final String roll = "/classes/" + this.classId + "/roll";

	TimesControllerTests(@LocalServerPort int port) {
		this.http = new Http(port);
	}

	@Test
	void aStartWithTimesAnswersThem() {
		Answer started = start("{\"lateAfter\": \"PT10M\", \"endsAfter\": \"PT1H0.5S\", \"unknown\": 1}");
		assertThat(started.status()).isEqualTo(201);
		assertThat(started.members()).containsExactly("classId", "rollId", "startedAt", "lateAt", "endsAt", "topic");
		assertThat(time(started, "lateAt")).isEqualTo(time(started, "startedAt").plus(Duration.ofMinutes(10)));
		assertThat(time(started, "endsAt")).isEqualTo(time(started, "startedAt").plusMillis(3_600_500));
		assertThat(this.http.get(this.roll).members()).containsExactly("classId", "rollId", "startedAt", "lateAt",
				"endsAt", "topic", "seq", "presences");
		assertThat(this.http.delete(this.roll).members()).containsExactly("classId", "rollId", "startedAt", "endedAt",
				"lateAt", "studentIds", "presences");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "null", "{\"lateAfter\": null, \"endsAfter\": null}", "{\"unknown\": true}",
			"{\"code\": null}", "{\"code\": false}" })
	void aStartWithoutTimesAnswersAsBefore(String body) {
		Answer started = start(body);
		assertThat(started.status()).isEqualTo(201);
		assertThat(started.members()).containsExactly("classId", "rollId", "startedAt", "topic");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"PT0S\"", "\"PT0.0009S\"", "\"PT24H0.001S\"", "\"PT-10M\"", "\"PT1.0001S\"", "\"10\"",
			"\"\"", "\"P1M\"", "600", "true", "{}", "[\"PT10M\"]", "\"PT99999999999999999999S\"" })
	void anotherDurationIsRefusedAndStartsNothing(String duration) {
		for (String member : new String[] { "lateAfter", "endsAfter" }) {
			Answer refused = start("{\"" + member + "\": " + duration + "}");
			assertThat(refused.status()).isEqualTo(400);
			assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo(member);
			assertThat(this.http.get(this.roll).status()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0.001S", "PT24H", "P1D", "PT1.001S", "pt600s" })
	void aDurationBetweenTheBoundsIsAccepted(String duration) {
		Answer started = start("{\"lateAfter\": \"" + duration + "\"}");
		assertThat(time(started, "lateAt")).isEqualTo(time(started, "startedAt").plus(Duration.parse(duration)));
	}

	@Test
	void aChangeAnswersTheRollWithoutItsStudents() {
		Answer started = start("{\"lateAfter\": \"PT10M\"}");
		this.http.present(this.classId, "a");
		Answer changed = change("{\"endsAfter\": \"PT1H\"}");
		assertThat(changed.status()).isEqualTo(200);
		assertThat(changed.members()).containsExactly("classId", "rollId", "startedAt", "lateAt", "endsAt", "topic",
				"seq");
		assertThat(changed.member("lateAt")).isEqualTo(started.member("lateAt"));
		assertThat(changed.json().path("seq").asLong()).isEqualTo(2);
		assertThat(change("{\"endsAfter\": \"PT60M\"}").text()).isEqualTo(changed.text());
		assertThat(change("{}").text()).isEqualTo(changed.text());
		assertThat(change("{\"lateAfter\": null}").members()).containsExactly("classId", "rollId", "startedAt",
				"endsAt", "topic", "seq");
		JsonNode open = this.http.get("/classes")
			.json()
			.valueStream()
			.filter((roll) -> roll.path("classId").asLong() == this.classId)
			.findFirst()
			.orElseThrow();
		assertThat(open.propertyNames()).containsExactly("classId", "rollId", "startedAt", "endsAt", "present");
	}

	@Test
	void aChangeForAnotherRollChangesNothing() {
		start("{}");
		Answer refused = this.http.send("PATCH", this.roll, "{\"lateAfter\": \"PT1S\"}", "Content-Type",
				"application/json", "If-Match", "\"5f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c11\"");
		assertThat(refused.status()).isEqualTo(412);
		assertThat(this.http.get(this.roll).members()).doesNotContain("lateAt");
	}

	@Test
	void aLateStudentIsTold() {
		start("{\"lateAfter\": \"PT1S\"}");
		Await.until("a student is late",
				() -> this.http.present(this.classId, UUID.randomUUID().toString())
					.members()
					.equals(List.of("classId", "studentId", "at", "late")));
		JsonNode presences = this.http.get(this.roll).json().path("presences");
		assertThat(presences.path(presences.size() - 1).path("status").asString()).isEqualTo("late");
		assertThat(presences.path(0).has("status")).isFalse();
	}

	@Test
	void theRollEndsAtItsDeadline() {
		Answer started = start("{\"endsAfter\": \"PT1S\"}");
		this.http.present(this.classId, "a");
		Await.until("the roll ends", () -> this.http.get(this.roll).status() == 404);
		Answer refused = this.http.present(this.classId, "b");
		assertThat(refused.json().path("classId").asLong()).isZero();
		Answer sheet = this.http.delete(this.roll, "If-Match", started.header("ETag").orElseThrow());
		assertThat(sheet.member("endedAt")).isEqualTo(started.member("endsAt"));
		JsonNode kept = this.http.get("/sheets")
			.json()
			.valueStream()
			.filter((roll) -> roll.path("rollId").asString().equals(started.member("rollId")))
			.findFirst()
			.orElseThrow();
		assertThat(kept.path("refusedAfterEnd").asLong()).isEqualTo(1);
	}

	private Answer start(String body) {
		return this.http.sendJson(this.roll, body);
	}

	private Answer change(String body) {
		return this.http.send("PATCH", this.roll, body, "Content-Type", "application/json");
	}

	private static Instant time(Answer answer, String member) {
		return Instant.parse(answer.member(member));
	}

}
