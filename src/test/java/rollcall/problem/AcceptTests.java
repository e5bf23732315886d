package rollcall.problem;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The status of a request agrees with its effect for every value of the header Accept. A
 * request is refused before its effect if its answer cannot be written.
 */
@ServerTest
class AcceptTests {

	private static final String JSON = "application/json";

	private static final String CSV = "text/csv;charset=UTF-8";

	private final Http http;

	private final long classId = Http.newClassId();

	private final String roll = "/classes/" + this.classId + "/roll";

	AcceptTests(@LocalServerPort int port) {
		this.http = new Http(port);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			application/json                                       | json | json
			application/json;charset=UTF-8                         | json | json
			application/json;charset=iso-8859-1                    | json | json
			application/json;charset=utf-16                        | json | json
			application/json;charset=utf-32                        | json | json
			application/json;charset=windows-1252                  | json | json
			application/json;charset=us-ascii;q=0.5                | json | json
			application/json;a=b                                   | json | json
			APPLICATION/JSON                                       | json | json
			application/*                                          | json | json
			*/*                                                    | json | json
			*/*;q=0.1                                              | json | json
			text/html,application/xml;q=0.9,*/*;q=0.8              | json | json
			text/csv                                               | 406  | csv
			text/csv;charset=utf-16                                | 406  | csv
			text/csv;charset=iso-8859-1;header=present             | 406  | csv
			text/*                                                 | 406  | csv
			text/csv;q=0.9,application/json;q=0.1                  | json | csv
			text/csv,application/json;q=0                          | 406  | csv
			application/json;q=0                                   | 406  | 406
			*/*;q=0                                                | 406  | 406
			application/problem+json                               | 406  | 406
			application/*+json                                     | json | json
			text/html;charset=utf-16                               | 406  | 406
			text/event-stream                                      | 406  | 406
			application/json;charset=nonsense                      | 406  | 406
			nonsense                                               | 406  | 406
			a/b/c                                                  | 406  | 406
			*/json                                                 | 406  | 406
			;                                                      | 406  | 406
			,                                                      | json | json
			""")
	void statusAgreesWithEffect(String accept, String usual, String ofSheet) {
		Answer presence = this.http.sendJson("/classes/" + this.classId + "/presence", "{\"studentId\": \"early\"}");
		assertThat(presence.member("reason")).isEqualTo("no-open-roll");

		Answer started = this.http.send("POST", this.roll, null, "Accept", accept);
		assertForm(started, usual, 201);
		assertThat(isOpen()).isEqualTo(started.status() == 201);
		this.http.start(this.classId);

		Answer present = this.http.sendJson("/classes/" + this.classId + "/presence", "{\"studentId\": \"1\"}",
				"Accept", accept);
		assertForm(present, usual, 200);
		assertThat(seq()).isEqualTo((present.status() == 200) ? 1 : 0);

		Answer ended = this.http.delete(this.roll, "Accept", accept);
		assertForm(ended, ofSheet, 200);
		assertThat(isOpen()).isEqualTo(ended.status() != 200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "*/*", "text/html;charset=utf-16", "application/json", "nonsense", "a/b/c",
			"*/*;q=0", "," })
	void formIsRecordedAndAnsweredAsPage(String accept) {
		this.http.start(this.classId);
		Answer page = this.http.send("POST", "/", "class=" + this.classId + "&studentId=1", "Content-Type",
				"application/x-www-form-urlencoded", "Accept", accept);
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.header("Content-Type")).hasValue("text/html;charset=UTF-8");
		assertThat(seq()).isEqualTo(1);
	}

	@Test
	void bodyWithAnyCharsetIsReadAsJson() {
		this.http.start(this.classId);
		for (String charset : List.of("utf-8", "UTF-16", "iso-8859-1", "windows-1252", "us-ascii")) {
			Answer answer = this.http.send("POST", "/classes/" + this.classId + "/presence",
					"{\"studentId\": \"" + charset + "\"}", "Content-Type", "application/json;charset=" + charset);
			assertThat(answer.status()).as(charset).isEqualTo(200);
			assertThat(answer.member("studentId")).isEqualTo(charset);
		}
	}

	private static void assertForm(Answer answer, String form, int success) {
		switch (form) {
			case "json" -> {
				assertThat(answer.status()).isEqualTo(success);
				assertThat(answer.header("Content-Type")).hasValue(JSON);
				assertThat(answer.text()).startsWith("{\"classId\":");
			}
			case "csv" -> {
				assertThat(answer.status()).isEqualTo(success);
				assertThat(answer.header("Content-Type")).hasValue(CSV);
				assertThat(answer.text()).contains("studentId").doesNotContain("\uFFFD");
			}
			default -> {
				assertThat(answer.status()).isEqualTo(406);
				assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
				assertThat(answer.member("type")).isEqualTo("urn:rollcall:not-acceptable");
			}
		}
	}

	private boolean isOpen() {
		return this.http.get(this.roll).status() == 200;
	}

	private long seq() {
		return this.http.get(this.roll).json().path("seq").asLong();
	}

}
