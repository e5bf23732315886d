package rollcall.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages as the server sends them, without a browser.
 */
@ServerTest
class PagesTests {

	private final int port;

	private final Http http;

	PagesTests(@LocalServerPort int port) {
		this.port = port;
		this.http = new Http(port);
	}

	@Test
	void formWithoutScriptIsRecorded() {
		TestClass room = new TestClass(this.port);
		room.start();
		Answer page = post(" " + room.id + " ", " 042191010 ");
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.text()).contains("data-state=\"recorded\"", ">042191010</dd>");
		assertThat(room.current()).contains("\"042191010\"");
	}

	@Test
	void formWithoutScriptIsRefusedWhenNoRollIsOpen() {
		TestClass room = new TestClass(this.port);
		Answer page = post(String.valueOf(room.id), "042191010");
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.text()).contains("data-state=\"refused\"")
			.containsPattern("data-reason=\"no-open-roll\" *>")
			.containsPattern("data-reason=\"roll-full\" hidden>");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			0, 1
			'', 1
			-1, 1
			abc, 1
			9007199254740992, 1
			99999999999999999999, 1
			٤٢, 1
			42, ''
			42, a b
			42, José
			42, <script>alert(1)</script>
			'"><script>alert(1)</script>', '"><script>alert(1)</script>'
			""")
	void invalidInputIsShownAgainWithAnError(String classId, String studentId) {
		Answer page = post(classId, studentId);
		assertThat(page.status()).isEqualTo(422);
		assertThat(page.text()).contains("data-state=\"form\"", "aria-invalid=\"true\"")
			.contains("value=\"" + escaped(classId) + "\"", "value=\"" + escaped(studentId) + "\"")
			.doesNotContain("<script>alert");
	}

	@Test
	void whiteSpaceAroundTypedValuesIsRemoved() {
		TestClass room = new TestClass(this.port);
		room.start();
		assertThat(post("\u00a0" + room.id + " ", "\u202f042191010\u00a0").text()).contains("data-state=\"recorded\"");
		assertThat(room.current()).contains("\"studentId\":\"042191010\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/?x, class=ID&studentId=1&studentId=2", "/?x, class=ID&class=7&studentId=1",
			"/?studentId=2, class=ID&studentId=1", "/?class=7, class=ID&studentId=1" })
	void formWithTwoValuesForAFieldRecordsNobody(String request) {
		TestClass room = new TestClass(this.port);
		room.start();
		String[] parts = request.replace("ID", "" + room.id).split(", ");
		assertThat(send(parts[0], parts[1]).member("type")).isEqualTo("urn:rollcall:bad-request");
		assertThat(room.current()).contains("\"seq\":0");
	}

	@Test
	void idOf65CharactersIsInvalid() {
		assertThat(post("42", "x".repeat(65)).status()).isEqualTo(422);
	}

	@ParameterizedTest
	@CsvSource({ "/42, 42", "/0042, 42", "/42/BCDFGH, 42", "/42/bcdfgh, 42", "/9007199254740991, 9007199254740991" })
	void shortLinkFillsInTheClass(String path, String classId) {
		Answer page = this.http.get(path);
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.text()).contains("<input type=\"hidden\" name=\"class\" value=\"" + classId + "\">");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/0", "/9007199254740992", "/00000000000000000000001", "/0/BCDFGH" })
	void shortLinkWithAnInvalidClassAsksForTheClass(String path) {
		Answer page = this.http.get(path);
		assertThat(page.status()).isEqualTo(404);
		assertThat(page.text()).contains("id=\"class\"", "aria-invalid=\"true\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/42", "/42/BCDFGH", "/teacher", "/teacher/app.js", "/teacher/address",
			"/teacher/session", "/assets/student.js", "/assets/icon.svg", "/p/BCDFGHJK" })
	void pagesAllowOnlyFilesOfThisServer(String path) {
		Answer page = this.http.get(path);
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.header("Content-Security-Policy").orElseThrow())
			.contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
			.doesNotContain("unsafe", "http:", "https:", "*");
		assertThat(page.header("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(page.header("Cache-Control").orElseThrow()).containsAnyOf("no-cache", "no-store");
	}

	@Test
	void chosenLanguageIsUsedAndRemembered() {
		Answer asked = this.http.get("/", "Accept-Language", "pt-PT");
		assertThat(asked.text()).contains("<html lang=\"pt-BR\">");
		assertThat(asked.header("Vary").orElseThrow()).contains("Accept-Language");
		Answer chosen = send("/", "class=&studentId=&lang=es", "Accept-Language", "pt-PT");
		assertThat(chosen.header("Set-Cookie").orElseThrow()).startsWith("rollcall-language=es;");
		Answer after = this.http.get("/", "Cookie", "rollcall-language=es");
		assertThat(after.text()).contains("<html lang=\"es\">");
	}

	@Test
	void choiceOfALanguageKeepsWhatWasTypedAndRecordsNothing() {
		TestClass room = new TestClass(this.port);
		room.start();
		Answer start = send("/", "class=+7b&studentId=Jos%C3%A9&lang=es");
		assertThat(start.text()).contains("value=\" 7b\"", "value=\"José\"", "<html lang=\"es\">")
			.doesNotContain("aria-invalid");
		Answer linked = send("/" + room.id, "class=" + room.id + "&studentId=042191010&lang=pt-BR");
		assertThat(linked.status()).isEqualTo(200);
		assertThat(linked.text()).contains("value=\"042191010\"", "action=\"/" + room.id + "\"",
				"<html lang=\"pt-BR\">");
		assertThat(room.current()).doesNotContain("042191010");
	}

	@Test
	void unknownLanguageIsNotRemembered() {
		assertThat(send("/", "class=&studentId=&lang=%3Cb%3E").header("Set-Cookie")).isEmpty();
	}

	@Test
	void formIsRedirectedToItsAnswerSoThatAReloadSendsNothing() {
		TestClass room = new TestClass(this.port);
		room.start();
		String cookie = cookie(this.http.get("/" + room.id));
		Answer sent = send("/" + room.id, "class=" + room.id + "&studentId=042191010", "Cookie", cookie);
		assertThat(sent.status()).isEqualTo(303);
		String location = sent.header("Location").orElseThrow();
		assertThat(location).isEqualTo("/" + room.id + "/receipt");
		assertThat(sent.header("Set-Cookie").orElseThrow()).contains("; Path=" + location + ";", "; HttpOnly",
				"; SameSite=Lax");
		Answer page = this.http.get(location, "Cookie", cookie(sent));
		assertThat(page.text()).contains("data-state=\"recorded\"", ">042191010</dd>", "href=\"/" + room.id + "\"");
		assertThat(page.header("Cache-Control")).hasValue("no-store");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "rollcall-receipt=042191010", "rollcall-receipt=<b>:1:no-open-roll:00",
			"rollcall-receipt=1:99999999999999999999::00", "rollcall-receipt=%", "rollcall-receipt=%zz",
			"rollcall-receipt=%31:1::00" })
	void answerWithoutItsCookieIsTheForm(String cookie) {
		Answer page = this.http.get("/42/receipt", "Cookie", "x=y; " + cookie);
		assertThat(page.status()).isEqualTo(302);
		assertThat(page.header("Location")).hasValue("/42");
	}

	@Test
	void importMapNamesExistingScripts() throws Exception {
		String dashboard = new ClassPathResource("static/teacher/index.html")
			.getContentAsString(StandardCharsets.UTF_8);
		assertThat(Pattern.compile("\"(@stomp/stompjs|jszip)\": \"\\.(/webjars/.*?)\"").matcher(dashboard).results())
			.hasSize(2)
			.allSatisfy((script) -> assertThat(this.http.get(script.group(2)).status()).isEqualTo(200));
	}

	@Test
	void scriptsNeverParseTextAsHtml() throws Exception {
		for (String folder : new String[] { "teacher", "assets" }) {
			for (Resource script : new PathMatchingResourcePatternResolver()
				.getResources("classpath:static/" + folder + "/*.js")) {
				assertThat(script.getContentAsString(StandardCharsets.UTF_8)).as(script.getFilename())
					.doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
			}
		}
	}

	/** Sends the form of the student's page. */
	private Answer post(String classId, String studentId) {
		String form = "class=" + URLEncoder.encode(classId, StandardCharsets.UTF_8) + "&studentId="
				+ URLEncoder.encode(studentId, StandardCharsets.UTF_8);
		return send("/", form);
	}

	private Answer send(String path, String form, String... headers) {
		List<String> all = new ArrayList<>(List.of("Content-Type", "application/x-www-form-urlencoded"));
		all.addAll(List.of(headers));
		return this.http.send("POST", path, form, all.toArray(String[]::new));
	}

	private static String cookie(Answer answer) {
		return answer.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
	}

	private static String escaped(String text) {
		return text.replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

}
