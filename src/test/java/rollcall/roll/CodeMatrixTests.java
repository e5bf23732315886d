package rollcall.roll;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every kind of code in every way in which it can be sent, by a student who is recorded
 * and by one who is not.
 */
@ServerTest
class CodeMatrixTests {

	private static final String PHONE = "phone-1";

	/** The link was opened so long ago, milliseconds. */
	private static final long OPENED_BEFORE = 100_000;

	private static final String ACCEPTED = "";

	private final Http http;

	private final JdbcClient jdbc;

	private final RollCodes codes;

	private final StoreClock clock;

	private final CodeTickets earlierTickets;

	CodeMatrixTests(@LocalServerPort int port, JdbcClient jdbc, RollCodes codes, StoreClock clock, RollStore store) {
		this.http = new Http(port);
		this.jdbc = jdbc;
		this.codes = codes;
		this.clock = clock;
		StoreClock earlier = new StoreClock();
		earlier.saw(clock.millis() - OPENED_BEFORE);
		this.earlierTickets = new CodeTickets(store, earlier);
		this.earlierTickets.readKey();
	}

	@ParameterizedTest
	@EnumSource
	void eachCodeIsAnsweredAccordingToTheRules(Way way) {
		long classId = Http.newClassId();
		long otherClassId = Http.newClassId();
		start(classId);
		String ofEarlierRoll = code(classId, 0);
		this.http.delete("/classes/" + classId + "/roll");
		start(classId);
		start(otherClassId);
		String first = send(Way.JSON, classId, "recorded", code(classId, -1)).text();
		Map<Kind, String> sent = Map.of(Kind.NONE, "", Kind.RIGHT, code(classId, -1), Kind.EXPIRED, expired(classId),
				Kind.FUTURE, code(classId, 2), Kind.WRONG, "AEIOUY", Kind.OF_EARLIER_ROLL, ofEarlierRoll,
				Kind.OF_OTHER_CLASS, code(otherClassId, 0));
		for (Kind kind : Kind.values()) {
			boolean openedInTime = kind == Kind.EXPIRED && way == Way.TICKET;
			Answer fresh = send(way, classId, "new-" + kind, sent.get(kind));
			assertThat(reason(fresh)).as(kind + " of a new student").isEqualTo(openedInTime ? ACCEPTED : kind.reason);
			Answer repeated = send(way, classId, "recorded", sent.get(kind));
			assertThat(reason(repeated)).as(kind + " of a recorded student").isEqualTo(kind.repeated);
			if (kind.repeated.isEmpty()) {
				assertThat(repeated.text()).isEqualTo(first);
			}
		}
		Answer reused = send(way, classId, "another", code(classId, -1));
		assertThat(reason(reused)).as("a code that others have used").isEqualTo(ACCEPTED);
	}

	/** Starts a roll with a code, and lets it begin ten minutes earlier. */
	private void start(long classId) {
		this.http.send("POST", "/classes/" + classId + "/roll", "{\"code\": true}", "Content-Type", "application/json");
		this.jdbc.sql("UPDATE roll SET started_at = started_at - 600000 WHERE class_id = ? AND ended_at IS NULL")
			.param(classId)
			.update();
	}

	/** The code of a step, counted from now. */
	private String code(long classId, int step) {
		return code(classId, CodeSeries.step(this.clock.millis()) + step);
	}

	private String expired(long classId) {
		return code(classId, CodeSeries.step(this.clock.millis() - OPENED_BEFORE) - 1);
	}

	private String code(long classId, long step) {
		String key = this.jdbc.sql("SELECT code_key FROM roll WHERE class_id = ? AND ended_at IS NULL")
			.param(classId)
			.query(String.class)
			.single();
		return this.codes.of(key).of(step).letters();
	}

	private Answer send(Way way, long classId, String studentId, String code) {
		String ticket = (way != Way.JSON)
				? ", \"ticket\": \"" + this.earlierTickets.issue(new ClassId(classId), code, PHONE) + "\"" : "";
		String body = "{\"studentId\": \"" + studentId + "\", \"code\": \"" + code + "\"" + ticket + "}";
		String path = "/classes/" + classId + "/presence";
		return (way.phone != null)
				? this.http.sendJson(path, body, "Cookie", CodeTickets.PHONE_COOKIE + "=" + way.phone)
				: this.http.sendJson(path, body);
	}

	private static String reason(Answer answer) {
		assertThat(answer.status()).isEqualTo(200);
		return answer.json().path("reason").asString(ACCEPTED);
	}

	/** What is sent, and the reason for which it is refused. */
	private enum Kind {

		NONE("code-missing", "code-missing"), RIGHT(ACCEPTED, ACCEPTED), EXPIRED("code-expired", ACCEPTED),
		FUTURE("code-wrong", "code-wrong"), WRONG("code-wrong", "code-wrong"),
		OF_EARLIER_ROLL("code-wrong", "code-wrong"), OF_OTHER_CLASS("code-wrong", "code-wrong");

		private final String reason;

		private final String repeated;

		Kind(String reason, String repeated) {
			this.reason = reason;
			this.repeated = repeated;
		}

	}

	/** How it is sent. */
	private enum Way {

		JSON(null), TICKET(PHONE), TICKET_WITHOUT_COOKIE(null), TICKET_OF_ANOTHER_PHONE("phone-2");

		private final @Nullable String phone;

		Way(@Nullable String phone) {
			this.phone = phone;
		}

	}

}
