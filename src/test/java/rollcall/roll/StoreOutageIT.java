package rollcall.roll;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;
import rollcall.roll.sqlite.SqliteFolder;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The answers while the store cannot be written, because another process holds its lock.
 */
@ServerTest
class StoreOutageIT {

	private static final String PHONE = "0123456789abcdefABCDEF";

	private static final String COOKIE = CodeTickets.PHONE_COOKIE + "=" + PHONE;

	private final ApplicationContext server;

	private final Http http;

	private final RollWriter writer;

	private final CodeTickets tickets;

	private final Path folder;

	private final long classId = Http.newClassId();

	StoreOutageIT(ApplicationContext server, @LocalServerPort int port, RollWriter writer, CodeTickets tickets,
			RollCallProperties properties) {
		this.server = server;
		this.http = new Http(port);
		this.writer = writer;
		this.tickets = tickets;
		this.folder = properties.dataDir();
	}

	@Test
	void anOutageIsReportedAndEndsWithoutARestart() throws Exception {
		this.http.start(this.classId);
		SqliteFolder.whileLocked(this.folder, () -> {
			assertThat(isUnavailable(this.http.present(this.classId, "failed"), "store-unavailable")).isTrue();
			await(() -> readiness() == 503);
			assertThat(this.http.get("/actuator/health/liveness").status()).isEqualTo(200);
			formIsShownAgainWithATicket();
			return assertThat(this.http.get("/classes/" + this.classId + "/roll").status()).isEqualTo(200);
		});
		await(() -> readiness() == 200);
		await(() -> this.http.present(this.classId, "afterwards").status() == 200);
		assertThat(this.http.delete("/classes/" + this.classId + "/roll").text()).contains("afterwards")
			.doesNotContain("failed");
	}

	/** So that the code is judged by the time of this attempt. */
	private void formIsShownAgainWithATicket() {
		String[] headers = { "Content-Type", "application/x-www-form-urlencoded", "Cookie", COOKIE };
		String fields = "class=" + this.classId + "&studentId=failed&ticket=&code=";
		assertThat(this.http.send("POST", "/", fields, headers).text()).contains("name=\"ticket\" value=\"\"");
		Answer page = this.http.send("POST", "/", fields + "bcd-fgh", headers);
		assertThat(page.status()).isEqualTo(503);
		assertThat(this.tickets.sent(new ClassId(this.classId), "BCDFGH", ticket(page), PHONE).openedAt()).isNotNull();
		assertThat(page.text()).contains("value=\"bcd-fgh\"", "value=\"failed\"");
		assertThat(this.http.get("/" + this.classId + "/BCDFGH").status()).isEqualTo(200);
	}

	/** The link was opened nearly two minutes ago, and after the outage it is too old. */
	@Test
	void aFormThatWasSentInTimeCountsAfterTheOutage() throws Exception {
		CodedRoll roll = CodedRoll.start(this.server, this.http, this.classId);
		Duration age = Duration.ofSeconds(115);
		String code = roll.code(age);
		String[] tickets = SqliteFolder.whileLocked(this.folder, () -> {
			this.http.present(this.classId, "failed");
			await(() -> readiness() == 503);
			String link = roll.ticket(code, PHONE, age);
			Answer form = form("form", code, link);
			Answer json = json("json", code, link);
			assertThat(form.status()).isEqualTo(503);
			assertThat(json.status()).isEqualTo(503);
			return new String[] { link, ticket(form), json.member("ticket") };
		});
		await(() -> readiness() == 200 && this.http.present(1, "nobody").status() == 200);
		ClassId id = new ClassId(this.classId);
		await(() -> this.tickets.sent(id, code, tickets[0], PHONE).openedAt() == null);
		assertThat(json("late", code, tickets[0]).member("reason")).isEqualTo("code-expired");
		assertThat(form("form", code, tickets[1]).status()).isEqualTo(303);
		assertThat(json("json", code, tickets[2]).member("classId")).isEqualTo(String.valueOf(this.classId));
	}

	private Answer form(String student, String code, String ticket) {
		return this.http.send("POST", "/" + this.classId,
				"class=" + this.classId + "&studentId=" + student + "&ticket=" + ticket + "&code=" + code,
				"Content-Type", "application/x-www-form-urlencoded", "Cookie", COOKIE);
	}

	private Answer json(String student, String code, String ticket) {
		return this.http.sendJson("/classes/" + this.classId + "/presence",
				"{\"studentId\": \"" + student + "\", \"code\": \"" + code + "\", \"ticket\": \"" + ticket + "\"}",
				"Cookie", COOKIE);
	}

	private static String ticket(Answer page) {
		Matcher ticket = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"").matcher(page.text());
		assertThat(ticket.find()).isTrue();
		return ticket.group(1);
	}

	@Test
	void aFullQueueIsReportedAtOnceAndChangesNothing() throws Exception {
		this.http.start(this.classId);
		// After a while the writer stops waiting for the lock and empties the queue.
		await(() -> readiness() == 200 && SqliteFolder.whileLocked(this.folder, this::overloaded));
		await(() -> readiness() == 200);
		await(() -> this.http.present(this.classId, "afterwards").status() == 200);
		assertThat(this.http.delete("/classes/" + this.classId + "/roll").text()).contains("afterwards")
			.doesNotContain("overloaded");
	}

	/** Fills the queue for a class without a roll, then checks an answer. */
	private boolean overloaded() {
		try {
			while (true) {
				this.writer.submit(new Change.Arrival(1, "filler", SentCode.NONE));
			}
		}
		catch (StoreUnavailableException full) {
			return isUnavailable(this.http.present(this.classId, "overloaded"), "overloaded");
		}
	}

	private static boolean isUnavailable(Answer answer, String code) {
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.header("Retry-After")).hasValue("1");
		return answer.member("type").equals("urn:rollcall:" + code);
	}

	private int readiness() {
		return this.http.get("/actuator/health/readiness").status();
	}

	private static void await(Callable<Boolean> condition) throws Exception {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
		while (!condition.call()) {
			assertThat(System.nanoTime()).isLessThan(deadline);
		}
	}

}
