package rollcall.roll;

import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;
import rollcall.StompSocket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The requests and answers about a teacher's marks. */
@ServerTest
class MarkControllerTests {

	private final Http http;

	private final long classId = Http.newClassId();

	private final String roll = "/classes/" + this.classId + "/roll";

	MarkControllerTests(@LocalServerPort int port) {
		this.http = new Http(port);
	}

	@Test
	void theRowOfAStudentIsAnswered() {
		this.http.start(this.classId);
		Answer first = this.http.present(this.classId, "b.7_x-1");
		Answer absent = this.http.mark(this.classId, "b.7_x-1", "absent");
		assertThat(absent.status()).isEqualTo(200);
		assertThat(absent.members()).containsExactly("seq", "studentId", "at", "status", "by");
		assertThat(absent.member("status")).isEqualTo("absent");
		assertThat(absent.member("by")).isEqualTo("teacher");
		assertThat(this.http.mark(this.classId, "b.7_x-1", "absent").text()).isEqualTo(absent.text());
		Answer refused = this.http.present(this.classId, "b.7_x-1");
		assertThat(refused.status()).isEqualTo(200);
		assertThat(refused.json().path("classId").asLong()).isZero();
		assertThat(refused.member("reason")).isEqualTo("removed-by-teacher");
		Answer present = this.http.mark(this.classId, "b.7_x-1", "present");
		assertThat(present.members()).containsExactly("seq", "studentId", "at", "by");
		assertThat(present.json().path("seq").asLong()).isEqualTo(3);
		assertThat(present.member("at")).isEqualTo(first.member("at"));
		assertThat(this.http.present(this.classId, "b.7_x-1").text()).isEqualTo(first.text());
	}

	@Test
	void theRollAndTheSheetHaveAbsencesOnlyIfThereAreAny() {
		Answer started = this.http.start(this.classId);
		this.http.present(this.classId, "a");
		this.http.present(this.classId, "b");
		this.http.mark(this.classId, "a", "excused");
		assertThat(this.http.get(this.roll).members()).containsExactly("classId", "rollId", "startedAt", "topic", "seq",
				"presences", "absences");
		assertThat(this.http.get(this.roll + "?after=3").members()).doesNotContain("absences");
		this.http.mark(this.classId, "a", "late");
		assertThat(this.http.get(this.roll).members()).doesNotContain("absences");
		this.http.mark(this.classId, "c", "absent");
		Answer sheet = this.http.delete(this.roll, "If-Match", started.header("ETag").orElseThrow());
		assertThat(sheet.members()).containsExactly("classId", "rollId", "startedAt", "endedAt", "studentIds",
				"presences", "absences");
		assertThat(sheet.json().path("studentIds")).map(JsonNode::asString).containsExactly("a", "b");
		assertThat(sheet.json().path("presences").findValuesAsString("status")).containsExactly("late");
		assertThat(sheet.json().path("absences").findValuesAsString("studentId")).containsExactly("c");
		assertThat(this.http.get("/sheets/" + started.member("rollId")).text()).isEqualTo(sheet.text());
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"ill\"", "\"\"", "\"Late\"", "\" late\"", "0", "1", "null", "true", "[]", "[\"late\"]",
			"{}" })
	void anUnknownStatusIsRefused(String status) {
		this.http.start(this.classId);
		Answer refused = this.http.send("PUT", this.roll + "/students/a", "{\"status\": " + status + "}",
				"Content-Type", "application/json");
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.member("type")).isEqualTo("urn:rollcall:invalid-request");
		assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("status");
		assertThat(this.http.get(this.roll).json().path("seq").asLong()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a%20b", "%3Cb%3E", "%C3%A7",
			"12345678901234567890123456789012345678901234567890123456789012345" })
	void anInvalidStudentIsRefused(String student) {
		this.http.start(this.classId);
		Answer refused = this.http.mark(this.classId, student, "late");
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("studentId");
	}

	@Test
	void aMarkForAnotherRollChangesNothing() {
		this.http.start(this.classId);
		Answer refused = this.http.send("PUT", this.roll + "/students/a", "{\"status\": \"late\"}", "Content-Type",
				"application/json", "If-Match", "\"5f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c11\"");
		assertThat(refused.status()).isEqualTo(412);
		assertThat(refused.member("type")).isEqualTo("urn:rollcall:another-roll-open");
		assertThat(this.http.get(this.roll).json().path("seq").asLong()).isZero();
	}

	@Test
	void aClosedClassHasNothingToMark() {
		Answer refused = this.http.mark(this.classId, "a", "late");
		assertThat(refused.status()).isEqualTo(404);
		assertThat(refused.member("type")).isEqualTo("urn:rollcall:no-open-roll");
	}

	/**
	 * A client that was written before marks existed. It reads the roll again if a number
	 * is missing.
	 */
	@Test
	void aClientThatKnowsOnlyPresenceAndEndedFollowsTheRoll() {
		Answer started = this.http.start(this.classId);
		TreeMap<Long, String> present = new TreeMap<>();
		long seq = 0;
		boolean ended = false;
		try (StompSocket socket = StompSocket.connect(this.http.port())) {
			socket.subscribe(started.member("topic"));
			this.http.present(this.classId, "a");
			this.http.mark(this.classId, "a", "absent");
			this.http.present(this.classId, "b");
			this.http.mark(this.classId, "c", "late");
			this.http.mark(this.classId, "a", "present");
			JsonNode sheet = null;
			while (!ended) {
				JsonNode event = new JsonMapper().readTree(StompSocket.bodyOf(socket.next()));
				if (event.path("type").asString().equals("ended")) {
					ended = true;
					assertThat(event.path("seq").asLong()).isEqualTo(seq);
				}
				else if (event.path("type").asString().equals("presence")) {
					if (event.path("seq").asLong() > seq + 1) {
						JsonNode read = this.http.get(this.roll + "?after=" + seq).json();
						read.path("presences")
							.forEach((row) -> present.put(row.path("seq").asLong(), row.path("studentId").asString()));
						seq = read.path("seq").asLong();
					}
					else {
						seq = event.path("seq").asLong();
						present.put(seq, event.path("studentId").asString());
					}
					if (seq == 5 && sheet == null) {
						sheet = this.http.delete(this.roll).json();
						assertThat(present.values()).contains("a", "b", "c");
						assertThat(sheet.path("studentIds")).hasSize(3);
					}
				}
			}
		}
	}

}
