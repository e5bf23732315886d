package rollcall.roll;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The requests and answers about codes. */
@ServerTest
class CodeControllerTests {

	private static final String[] JSON = { "Content-Type", "application/json" };

	private static final String PHONE = "phone-1";

	private final Http http;

	private final CodeTickets tickets;

	private final long classId = Http.newClassId();

	private final String roll = "/classes/" + this.classId + "/roll";

	CodeControllerTests(@LocalServerPort int port, CodeTickets tickets) {
		this.http = new Http(port);
		this.tickets = tickets;
	}

	@Test
	void aRollWithACodeSaysSoInEachAnswer() {
		Answer started = start();
		assertThat(started.members()).containsExactly("classId", "rollId", "startedAt", "code", "topic");
		assertThat(started.json().path("code").isBoolean()).isTrue();
		assertThat(this.http.get(this.roll).members()).containsExactly("classId", "rollId", "startedAt", "code",
				"topic", "seq", "presences");
		Answer off = this.http.setTimes(this.classId, "{\"code\": null}");
		assertThat(off.members()).containsExactly("classId", "rollId", "startedAt", "topic", "seq");
		Answer on = this.http.setTimes(this.classId, "{\"code\": true}");
		assertThat(on.members()).containsExactly("classId", "rollId", "startedAt", "code", "topic", "seq");
		assertThat(on.json().path("seq").asLong()).isEqualTo(2);
		assertThat(this.http.delete(this.roll).text()).doesNotContain("code");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "\"true\"", "\"\"", "{}", "[]", "0.5" })
	void aCodeThatIsNoBooleanIsRefusedAndChangesNothing(String value) {
		String body = "{\"code\": " + value + "}";
		Answer refused = this.http.send("POST", this.roll, body, JSON);
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("code");
		assertThat(this.http.get(this.roll).status()).isEqualTo(404);
		start();
		assertThat(this.http.setTimes(this.classId, body).status()).isEqualTo(400);
		assertThat(this.http.get(this.roll).json().path("seq").asLong()).isZero();
	}

	@Test
	void theCodeThatIsShownIsAccepted() {
		start();
		Answer shown = this.http.get(this.roll + "/code");
		assertThat(shown.status()).isEqualTo(200);
		assertThat(shown.members()).containsExactly("rollId", "periodMs", "codes");
		assertThat(shown.header("Cache-Control")).hasValueSatisfying((value) -> assertThat(value).contains("no-store"));
		String code = code(shown, 0);
		assertThat(code).matches("[BCDFGHJKLMNPQRSTVWXZ]{6}");
		assertThat(reason(present("a", null, null))).isEqualTo("code-missing");
		assertThat(reason(present("a", "", null))).isEqualTo("code-missing");
		assertThat(reason(present("a", "QQQQQQ", null))).isEqualTo("code-wrong");
		assertThat(reason(present("a", code(shown, 3), null))).isEqualTo("code-wrong");
		Answer first = present("a", code.substring(0, 3).toLowerCase() + "-" + code.substring(3), null);
		assertThat(first.members()).containsExactly("classId", "studentId", "at");
		assertThat(present("a", code, null).text()).isEqualTo(first.text());
		assertThat(reason(present("a", null, null))).isEqualTo("code-missing");
	}

	@Test
	void aRollWithoutACodeHasNoneToShow() {
		assertProblem(this.http.get(this.roll + "/code"), 404, "no-open-roll");
		this.http.start(this.classId);
		assertProblem(this.http.get(this.roll + "/code"), 404, "no-code");
		assertThat(present("a", "QQQQQQ", null).members()).containsExactly("classId", "studentId", "at");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[\"BCDFGH\"]" })
	void aCodeThatIsNoTextIsRefused(String value) {
		start();
		Answer refused = this.http.sendJson("/classes/" + this.classId + "/presence",
				"{\"studentId\": \"a\", \"code\": " + value + "}");
		assertThat(refused.status()).isEqualTo(400);
	}

	@Test
	void aTicketCountsOnlyForItsClassItsCodeAndItsBrowser() {
		ClassId classId = new ClassId(this.classId);
		String ticket = this.tickets.issue(classId, "BCDFGH", PHONE);
		assertThat(opened(classId, "BCDFGH", ticket, PHONE)).isTrue();
		assertThat(opened(classId, "bcd fgh", ticket, PHONE)).isTrue();
		assertThat(opened(classId, "BCDFGJ", ticket, PHONE)).isFalse();
		assertThat(opened(new ClassId(this.classId + 1), "BCDFGH", ticket, PHONE)).isFalse();
		assertThat(opened(classId, "BCDFGH", ticket, "phone-2")).isFalse();
		assertThat(opened(classId, "BCDFGH", ticket, null)).isFalse();
		assertThat(opened(classId, "BCDFGH", null, PHONE)).isFalse();
		String[] parts = ticket.split("\\.");
		String later = String.valueOf(Long.parseLong(parts[0]) + 1);
		for (String forged : List.of("", ".", "..", "x", later + "." + parts[1] + "." + parts[2],
				parts[0] + "." + later + "." + parts[2], parts[0] + "." + parts[2], ticket + "A",
				ticket.substring(0, ticket.length() - 1), "9".repeat(20) + "." + parts[1] + ".AAAA", "-1.-1.AAAA",
				"0.0." + "A".repeat(22))) {
			assertThat(opened(classId, "BCDFGH", forged, PHONE)).isFalse();
		}
		assertThat(this.tickets.sent(classId, " ", ticket, PHONE)).isEqualTo(SentCode.NONE);
	}

	@Test
	void onlyABrowserWithTheCookieGetsATicketForTheRepeat() {
		ClassId classId = new ClassId(this.classId);
		String link = this.tickets.issue(classId, "BCDFGH", PHONE);
		assertThat(opened(classId, "BCDFGH", forRepeat(classId, link, PHONE), PHONE)).isTrue();
		assertThat(opened(classId, "BCDFGH", forRepeat(classId, "forged", PHONE), PHONE)).isTrue();
		assertThat(forRepeat(classId, link, null)).isNull();
		assertThat(this.tickets.forRepeat(classId, SentCode.NONE, PHONE).get()).isNull();
	}

	private String forRepeat(ClassId classId, String ticket, String phone) {
		return this.tickets.forRepeat(classId, this.tickets.sent(classId, "BCDFGH", ticket, phone), phone).get();
	}

	private boolean opened(ClassId classId, String code, String ticket, String phone) {
		return this.tickets.sent(classId, code, ticket, phone).openedAt() != null;
	}

	private Answer start() {
		Answer started = this.http.send("POST", this.roll, "{\"code\": true}", JSON);
		assertThat(started.status()).isEqualTo(201);
		return started;
	}

	private Answer present(String studentId, String code, String ticket) {
		StringBuilder body = new StringBuilder("{\"studentId\": \"" + studentId + "\"");
		if (code != null) {
			body.append(", \"code\": \"").append(code).append('"');
		}
		if (ticket != null) {
			body.append(", \"ticket\": \"").append(ticket).append('"');
		}
		return this.http.sendJson("/classes/" + this.classId + "/presence", body.append('}').toString());
	}

	private static String code(Answer shown, int index) {
		JsonNode codes = shown.json().path("codes");
		assertThat(codes.size()).isEqualTo(4);
		return codes.path(index).path("code").asString();
	}

	private static String reason(Answer refused) {
		assertThat(refused.status()).isEqualTo(200);
		assertThat(refused.json().path("classId").asLong()).isZero();
		return refused.member("reason");
	}

	private static void assertProblem(Answer answer, int status, String code) {
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.member("type")).isEqualTo("urn:rollcall:" + code);
	}

}
