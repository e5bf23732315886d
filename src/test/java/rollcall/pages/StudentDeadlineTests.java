package rollcall.pages;

import org.junit.jupiter.api.Test;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The request with which the student's page asks how long students may answer, without a
 * browser.
 */
@ServerTest
class StudentDeadlineTests {

	private final Http http;

	private final TestClass room;

	StudentDeadlineTests(@LocalServerPort int port) {
		this.http = new Http(port);
		this.room = new TestClass(port);
	}

	@Test
	void theAnswerHasTheTimesThatAreLeftAndNoTimeOfDay() {
		this.room.start();
		this.room.setTimes("{\"lateAfter\": \"PT10M\", \"endsAfter\": \"PT1H\"}");
		Answer both = ask();
		assertThat(both.status()).isEqualTo(200);
		assertThat(both.members()).containsExactly("lateInMs", "endsInMs");
		assertThat(both.json().path("lateInMs").asLong()).isBetween(1L, 600_000L);
		assertThat(both.json().path("endsInMs").asLong()).isBetween(3_000_000L, 3_600_000L);
		assertThat(both.response().headers().allValues("Cache-Control")).containsExactly("no-store");
		this.room.setTimes("{\"lateAfter\": \"PT0.001S\", \"endsAfter\": null}");
		assertThat(ask().text()).isEqualTo("{\"lateInMs\":0}");
	}

	@Test
	void aRollWithoutTimesAndAClassWithoutARollHaveNoContent() {
		hasNoContent();
		this.room.start();
		hasNoContent();
		this.room.setTimes("{\"endsAfter\": \"PT1H\"}");
		assertThat(ask().status()).isEqualTo(200);
		this.room.end();
		hasNoContent();
	}

	@Test
	void aNumberThatIsNoClassIsInvalid() {
		assertThat(this.http.get("/0/deadline").member("type")).isEqualTo("urn:rollcall:invalid-request");
	}

	private void hasNoContent() {
		Answer answer = ask();
		assertThat(answer.status()).isEqualTo(204);
		assertThat(answer.text()).isEmpty();
		assertThat(answer.response().headers().allValues("Cache-Control")).containsExactly("no-store");
	}

	private Answer ask() {
		return this.http.get("/" + this.room.id + "/deadline", "Accept", "application/json, application/problem+json");
	}

}
