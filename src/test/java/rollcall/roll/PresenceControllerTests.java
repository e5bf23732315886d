package rollcall.roll;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@ServerTest
class PresenceControllerTests {

	private final Http http;

	private final long classId = Http.newClassId();

	private final String roll = "/classes/" + this.classId + "/roll";

	private final String presence = "/classes/" + this.classId + "/presence";

	PresenceControllerTests(@LocalServerPort int port) {
		this.http = new Http(port);
	}

	@Test
	void recordedStudentGetsAReceipt() {
		Answer started = this.http.start(this.classId);
		Answer receipt = this.http.present(this.classId, "042191010");
		assertThat(receipt.status()).isEqualTo(200);
		assertThat(receipt.header("Content-Type")).hasValue("application/json");
		assertThat(receipt.members()).containsExactly("classId", "studentId", "at");
		assertThat(receipt.json().path("classId").asLong()).isEqualTo(this.classId);
		assertThat(receipt.member("studentId")).isEqualTo("042191010");
		assertThat(receipt.member("at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
		assertThat(Instant.parse(receipt.member("at"))).isAfterOrEqualTo(started.member("startedAt"));
	}

	@Test
	void repeatedPresenceGetsTheFirstAnswer() throws InterruptedException {
		this.http.start(this.classId);
		Answer first = this.http.present(this.classId, "042191010");
		this.http.present(this.classId, "another");
		while (!Instant.now().isAfter(Instant.parse(first.member("at")).plusMillis(1))) {
			Thread.onSpinWait();
		}
		assertThat(this.http.present(this.classId, "042191010").text()).isEqualTo(first.text());
		assertThat(this.http.get(this.roll).json().path("seq").asLong()).isEqualTo(2);
	}

	@Test
	void presenceWithoutARollIsRefusedWithClassZero() {
		Instant before = Instant.now().minusMillis(1);
		Answer refusal = this.http.present(this.classId, "042191010");
		assertThat(refusal.status()).isEqualTo(200);
		assertThat(refusal.members()).containsExactly("classId", "studentId", "at", "reason");
		assertThat(refusal.json().path("classId").isIntegralNumber()).isTrue();
		assertThat(refusal.json().path("classId").asLong()).isZero();
		assertThat(refusal.member("studentId")).isEqualTo("042191010");
		assertThat(refusal.member("reason")).isEqualTo("no-open-roll");
		assertThat(Instant.parse(refusal.member("at"))).isBetween(before, Instant.now());
	}

	@Test
	void presenceAfterTheEndIsRefusedAndInNoSheet() {
		Answer started = this.http.start(this.classId);
		this.http.present(this.classId, "early");
		Answer sheet = this.http.delete(this.roll);
		assertThat(this.http.present(this.classId, "late").json().path("classId").asLong()).isZero();
		assertThat(this.http.present(this.classId, "early").json().path("classId").asLong()).isZero();
		Answer again = this.http.delete(this.roll, "If-Match", started.header("ETag").orElseThrow());
		assertThat(again.text()).isEqualTo(sheet.text()).doesNotContain("late");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"studentId": 42191010}                         | 42191010
			{"studentId": 0}                                | 0
			{"studentId": 12345678901234567890123456789012} | 12345678901234567890123456789012
			{"studentId": "  042191010 "}                   | 042191010
			{"studentId": "\\t042191010\\n\\u3000"}  | 042191010
			{"studentId": "042191010", "classId": 7}        | 042191010
			{"x": [{}], "studentId": "a.B_c-9"}             | a.B_c-9""")
	void studentIdsAreNormalized(String body, String studentId) {
		this.http.start(this.classId);
		Answer receipt = this.http.sendJson(this.presence, body);
		assertThat(receipt.member("studentId")).isEqualTo(studentId);
		assertThat(this.http.get(this.roll).json().path("presences").path(0).path("studentId").asString())
			.isEqualTo(studentId);
	}

	@Test
	void longestStudentIdIsRecorded() {
		this.http.start(this.classId);
		String longest = "x".repeat(64);
		assertThat(this.http.present(this.classId, longest).member("studentId")).isEqualTo(longest);
	}

	@Test
	void studentIdsThatDifferInCaseOrZerosAreDifferentStudents() {
		this.http.start(this.classId);
		for (String studentId : new String[] { "a1", "A1", "042", "42" }) {
			this.http.present(this.classId, studentId);
		}
		assertThat(this.http.get(this.roll).json().path("seq").asLong()).isEqualTo(4);
	}

	@Test
	void aContentTypeWithParametersIsAccepted() {
		this.http.start(this.classId);
		Answer receipt = this.http.send("POST", this.presence, "{\"studentId\": \"1\"}", "Content-Type",
				"application/json; charset=utf-8", "Accept", "application/json, */*;q=0.5");
		assertThat(receipt.json().path("classId").asLong()).isEqualTo(this.classId);
	}

	@Test
	void aBodyOfUnknownLengthIsRead() {
		this.http.start(this.classId);
		Answer receipt = this.http.sendChunked(this.presence, "{\"studentId\": \"042191010\"}");
		assertThat(receipt.json().path("classId").asLong()).isEqualTo(this.classId);
	}

	@Test
	void bodyOfTheLargestSizeIsRead() {
		this.http.start(this.classId);
		String body = "{\"studentId\": \"1\"}";
		String largest = body + " ".repeat(16_384 - body.length());
		assertThat(this.http.sendJson(this.presence, largest).json().path("classId").asLong()).isEqualTo(this.classId);
	}

}
