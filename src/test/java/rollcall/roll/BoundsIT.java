package rollcall.roll;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The answers when a roll or a teacher has reached a limit. */
@ServerTest
@TestPropertySource(properties = "rollcall.max-students-per-roll=2")
class BoundsIT {

	private final Http http;

	private final long classId = Http.newClassId();

	private final String roll = "/classes/" + this.classId + "/roll";

	BoundsIT(@LocalServerPort int port) {
		this.http = new Http(port);
	}

	@Test
	void aFullRollRefusesWithAReason() {
		this.http.start(this.classId);
		Answer first = this.http.present(this.classId, "a");
		assertThat(this.http.get(this.roll).members()).doesNotContain("full");
		this.http.present(this.classId, "b");
		Answer refused = this.http.present(this.classId, "c");
		assertThat(refused.status()).isEqualTo(200);
		assertThat(refused.members()).containsExactly("classId", "studentId", "at", "reason");
		assertThat(refused.json().path("classId").asLong()).isZero();
		assertThat(refused.member("reason")).isEqualTo("roll-full");
		Answer added = this.http.mark(this.classId, "c", "absent");
		assertThat(added.status()).isEqualTo(409);
		assertThat(added.member("type")).isEqualTo("urn:rollcall:roll-full");
		assertThat(this.http.present(this.classId, "a").text()).isEqualTo(first.text());
		Answer current = this.http.get(this.roll + "?after=2");
		assertThat(current.members()).containsExactly("classId", "rollId", "startedAt", "topic", "seq", "full",
				"presences");
		assertThat(current.json().path("full").asBoolean()).isTrue();
		assertThat(this.http.delete(this.roll).json().path("studentIds").size()).isEqualTo(2);
	}

	@Test
	void aStartBeyondTheLimitOfATeacherIsRefused() {
		List<Long> open = Stream.generate(Http::newClassId).limit(RollCallProperties.MAX_OPEN_ROLLS).toList();
		open.forEach((id) -> assertThat(this.http.start(id).status()).isEqualTo(201));
		Answer refused = this.http.send("POST", this.roll, null, "Accept-Language", "pt-BR");
		assertThat(refused.status()).isEqualTo(503);
		assertThat(refused.header("Content-Type")).hasValue("application/problem+json");
		assertThat(refused.header("Retry-After")).isPresent();
		assertThat(refused.member("type")).isEqualTo("urn:rollcall:too-many-rolls");
		assertThat(refused.member("title")).isEqualTo("Chamadas abertas demais");
		assertThat(this.http.get(this.roll).status()).isEqualTo(404);
		open.forEach((id) -> assertThat(this.http.delete("/classes/" + id + "/roll").status()).isEqualTo(200));
		assertThat(this.http.start(this.classId).status()).isEqualTo(201);
	}

}
