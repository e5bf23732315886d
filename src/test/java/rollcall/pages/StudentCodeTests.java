package rollcall.pages;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;
import rollcall.roll.CodedRoll;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The form of the student's page in a roll that requires a code, as a browser without
 * JavaScript sends it.
 */
@ServerTest
class StudentCodeTests {

	private static final String[] FORM = { "Content-Type", "application/x-www-form-urlencoded" };

	private static final String PHONE = "0123456789abcdefABCDEF";

	/** The code has run out, and a ticket of that time is still valid. */
	private static final Duration RUN_OUT = Duration.ofSeconds(60);

	/** A ticket of that time is too old. */
	private static final Duration TOO_OLD = Duration.ofMinutes(3);

	private static final List<String> TICKETS = List.of("none", "valid", "without cookie", "other phone", "other code",
			"other class", "too old", "forged");

	private static final Pattern PROBLEM = Pattern.compile("id=\"code-problem\"[^>]*>([^<]+)</p>");

	private static final Map<String, String> PROBLEMS = Map.of(
			"This class asks for a code. Scan the code on the screen, or type its letters here.", "code-missing",
			"This code has run out. Scan the code on the screen again, or type the letters that the screen shows now.",
			"code-expired");

	private final ApplicationContext server;

	private final Http http;

	private final long classId = Http.newClassId();

	private final String path = "/" + this.classId;

	StudentCodeTests(ApplicationContext server, @LocalServerPort int port) {
		this.server = server;
		this.http = new Http(port);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# code      | ticket         | new student  | recorded before
			none        | each           | code-missing | code-missing
			right       | each           | recorded     | recorded
			reused      | each           | recorded     | recorded
			wrong       | each           | code-wrong   | code-wrong
			unreadable  | each           | code-wrong   | code-wrong
			future      | each           | code-wrong   | code-wrong
			other roll  | each           | code-wrong   | code-wrong
			other class | each           | code-wrong   | code-wrong
			expired     | none           | code-expired | recorded
			expired     | valid          | recorded     | recorded
			expired     | without cookie | code-expired | recorded
			expired     | other phone    | code-expired | recorded
			expired     | other code     | code-expired | recorded
			expired     | other class    | code-expired | recorded
			expired     | too old        | code-expired | recorded
			expired     | forged         | code-expired | recorded
			""")
	void codeAndTicketDecide(String code, String ticket, String fresh, String before) {
		CodedRoll earlier = CodedRoll.start(this.server, this.http, this.classId);
		String ofEarlierRoll = earlier.code();
		this.http.delete("/classes/" + this.classId + "/roll");
		CodedRoll roll = CodedRoll.start(this.server, this.http, this.classId);
		Answer first = this.http.sendJson("/classes/" + this.classId + "/presence",
				"{\"studentId\": \"before\", \"code\": \"" + roll.code() + "\"}");
		for (String each : ticket.equals("each") ? TICKETS : List.of(ticket)) {
			String sent = switch (code) {
				case "none" -> "";
				case "right", "reused" -> roll.code();
				case "wrong" -> "BBBBBB";
				case "unreadable" -> "042191010";
				case "future" -> roll.code(Duration.ofMinutes(-1));
				case "other roll" -> ofEarlierRoll;
				case "other class" -> CodedRoll.start(this.server, this.http, Http.newClassId()).code();
				default -> roll.code(each.equals("too old") ? TOO_OLD : RUN_OUT);
			};
			String student = code.equals("reused") ? "new" : "new-" + each.replace(' ', '-');
			assertThat(outcome(send(roll, student, sent, each), student, sent)).as(each).isEqualTo(fresh);
			Answer repeated = send(roll, "before", sent, each);
			assertThat(outcome(repeated, "before", sent)).as(each).isEqualTo(before);
			if (before.equals("recorded")) {
				assertThat(shown(repeated)).as(each).contains("datetime=\"" + Instant.parse(first.member("at")) + "\"");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", " %s ", "%.3s-%s", "%.3s%%20%s" })
	void codeIsAcceptedAsPhonesTypeIt(String format) {
		CodedRoll roll = CodedRoll.start(this.server, this.http, this.classId);
		String code = roll.code();
		String typed = format.startsWith("%.3s") ? format.formatted(code, code.substring(3)) : format.formatted(code);
		String form = "class=" + this.classId + "&studentId=042191010&code=";
		for (String each : List.of(typed, typed.toLowerCase(Locale.ROOT))) {
			assertThat(post("/", form + each.replace(" ", "+")).text()).contains("data-state=\"recorded\"");
		}
	}

	@Test
	void linkWithACodeIsTheFormOfTheClass() {
		CodedRoll roll = CodedRoll.start(this.server, this.http, this.classId);
		String code = roll.code();
		Answer page = this.http.get(this.path + "/" + code.toLowerCase(Locale.ROOT));
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.header("Set-Cookie").orElseThrow())
			.matches("rollcall-phone=[A-Za-z0-9_-]{22}; Path=/; HttpOnly; SameSite=Lax");
		assertThat(page.header("Referrer-Policy")).hasValue("same-origin");
		assertThat(page.header("Cache-Control")).hasValue("no-store");
		assertThat(page.text()).contains("action=\"" + this.path + "\"", "<div data-code-line hidden>");
		String cookie = page.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
		Answer again = this.http.get(this.path + "/" + code, "Cookie", cookie);
		assertThat(again.header("Set-Cookie")).isEmpty();
		Answer sent = post(this.path, "class=" + this.classId + "&studentId=042191010&code=" + value(again, "code")
				+ "&ticket=" + value(again, "ticket"), "Cookie", cookie);
		assertThat(outcome(sent, "042191010", code)).isEqualTo("recorded");
		assertThat(shown(sent)).doesNotContain(code, value(again, "ticket"));
	}

	/** Otherwise a program could try codes without being slowed. */
	@Test
	void linkDoesNotTellWhetherItsCodeIsRight() {
		String code = CodedRoll.start(this.server, this.http, this.classId).code();
		String right = this.http.get(this.path + "/" + code).text();
		String wrong = this.http.get(this.path + "/BBBBBB").text();
		assertThat(right.replace(code, "BBBBBB").replaceFirst("name=\"ticket\" value=\"[^\"]+\"", ""))
			.isEqualTo(wrong.replaceFirst("name=\"ticket\" value=\"[^\"]+\"", ""));
	}

	@Test
	void formAnswersManyWrongCodesAsSlowlyAsTheApi() {
		CodedRoll.start(this.server, this.http, this.classId);
		long began = System.nanoTime();
		List<CompletableFuture<HttpResponse<byte[]>>> guesses = IntStream.range(0, 100)
			.mapToObj((i) -> this.http.sendAsync("POST", this.path,
					"class=" + this.classId + "&studentId=guess&code=BBBBBB", FORM))
			.toList();
		assertThat(guesses).allSatisfy((guess) -> assertThat(Http.await(guess).status()).isEqualTo(422));
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
	}

	@Test
	void cookieThatIsNotOursIsReplaced() {
		assertThat(this.http.get("/42", "Cookie", "rollcall-phone=1").header("Set-Cookie").orElseThrow())
			.startsWith("rollcall-phone=");
	}

	@Test
	void languageAndAnInvalidIdKeepTheCode() {
		CodedRoll roll = CodedRoll.start(this.server, this.http, this.classId);
		String fields = "class=" + this.classId + "&code=" + roll.code() + "&ticket=t&studentId=";
		assertThat(post(this.path, fields + "042191010&lang=es").text()).contains("value=\"042191010\"",
				"value=\"" + roll.code() + "\"", "<div data-code-line hidden>");
		assertThat(post(this.path, fields + "Jos%C3%A9").text()).contains("value=\"" + roll.code() + "\"",
				"name=\"ticket\" value=\"t\"", "<div data-code-line hidden>");
		assertThat(post(this.path, "class=" + this.classId + "&code=bcd&ticket=&studentId=Jos%C3%A9").text())
			.contains("value=\"bcd\"", "<div data-code-line >");
	}

	/** Sends the form with a ticket of the given kind. */
	private Answer send(CodedRoll roll, String student, String code, String ticket) {
		String sent = switch (ticket) {
			case "none" -> "";
			case "other phone" -> roll.ticket(code, "another-phone-of-this-class", RUN_OUT);
			case "other code" -> roll.ticket("BBBBBC", PHONE, RUN_OUT);
			case "other class" ->
				CodedRoll.start(this.server, this.http, Http.newClassId()).ticket(code, PHONE, RUN_OUT);
			case "too old" -> roll.ticket(code, PHONE, TOO_OLD);
			case "forged" -> roll.ticket(code, PHONE, TOO_OLD)
				.replaceFirst("\\d+", String.valueOf(System.currentTimeMillis() - RUN_OUT.toMillis()));
			default -> roll.ticket(code, PHONE, RUN_OUT);
		};
		String form = "class=" + this.classId + "&studentId=" + student + "&code="
				+ URLEncoder.encode(code, StandardCharsets.UTF_8) + "&ticket=" + sent;
		return ticket.equals("without cookie") ? post(this.path, form)
				: post(this.path, form, "Cookie", "rollcall-phone=" + PHONE);
	}

	private Answer post(String path, String form, String... headers) {
		return this.http.send("POST", path, form, Stream.of(FORM, headers).flatMap(Stream::of).toArray(String[]::new));
	}

	/** Recorded, or the reason of the refusal; after a refusal the form keeps the id. */
	private String outcome(Answer answer, String student, String code) {
		if (answer.status() == 422) {
			assertThat(answer.text()).contains("value=\"" + student + "\"", "name=\"ticket\" value=\"\"")
				.containsPattern("id=\"code\"[^>]* value=\"\"[^>]* aria-invalid=\"true\" autofocus ");
			Matcher problem = PROBLEM.matcher(answer.text());
			assertThat(problem.find()).isTrue();
			return PROBLEMS.getOrDefault(problem.group(1),
					problem.group(1).startsWith("“" + code + "” is not the code.") ? "code-wrong" : problem.group(1));
		}
		assertThat(shown(answer)).contains("data-state=\"recorded\"", ">" + student + "</dd>");
		return "recorded";
	}

	/** The page of the answer; a browser that keeps cookies is redirected to it. */
	private String shown(Answer answer) {
		if (answer.status() != 303) {
			return answer.text();
		}
		return this.http
			.get(answer.header("Location").orElseThrow(), "Cookie",
					answer.header("Set-Cookie").orElseThrow().replaceFirst(";.*", ""))
			.text();
	}

	private static @Nullable String value(Answer page, String field) {
		Matcher value = Pattern.compile("name=\"" + field + "\" value=\"([^\"]+)\"").matcher(page.text());
		return value.find() ? value.group(1) : null;
	}

}
