package rollcall.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
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
	void idOf65CharactersIsInvalid() {
		assertThat(post("42", "x".repeat(65)).status()).isEqualTo(422);
	}

	@ParameterizedTest
	@CsvSource({ "/42, 42", "/0042, 42", "/9007199254740991, 9007199254740991" })
	void shortLinkFillsInTheClass(String path, String classId) {
		Answer page = this.http.get(path);
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.text()).contains("<input type=\"hidden\" name=\"class\" value=\"" + classId + "\">");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/0", "/9007199254740992", "/00000000000000000000001" })
	void shortLinkWithAnInvalidClassAsksForTheClass(String path) {
		Answer page = this.http.get(path);
		assertThat(page.status()).isEqualTo(404);
		assertThat(page.text()).contains("id=\"class\"", "aria-invalid=\"true\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/42", "/teacher", "/teacher/app.js", "/teacher/address", "/teacher/session",
			"/assets/student.js", "/assets/icon.svg" })
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
		Answer chosen = this.http.get("/?lang=es", "Accept-Language", "pt-PT");
		assertThat(chosen.header("Set-Cookie").orElseThrow()).startsWith("rollcall-language=es;");
		Answer after = this.http.get("/", "Cookie", "rollcall-language=es");
		assertThat(after.text()).contains("<html lang=\"es\">");
	}

	@Test
	void unknownLanguageIsNotRemembered() {
		assertThat(this.http.get("/?lang=%3Cb%3E").header("Set-Cookie")).isEmpty();
	}

	@Test
	void importMapNamesAnExistingScript() throws Exception {
		String dashboard = new ClassPathResource("static/teacher/index.html")
			.getContentAsString(StandardCharsets.UTF_8);
		Matcher script = Pattern.compile("\"@stomp/stompjs\": \"\\./(webjars/.*?)\"").matcher(dashboard);
		assertThat(script.find()).isTrue();
		assertThat(this.http.get("/" + script.group(1)).status()).isEqualTo(200);
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

	@Test
	void studentsPageUsesOnlyWhatOldPhonesSupport() throws Exception {
		for (String script : new String[] { "student.js", "student-screens.js" }) {
			assertThat(new ClassPathResource("static/assets/" + script).getContentAsString(StandardCharsets.UTF_8))
				.doesNotContain("=>", "const ", "let ", "`", "class ", "fetch(", "Promise", "async ");
		}
		assertThat(new ClassPathResource("static/assets/page.css").getContentAsString(StandardCharsets.UTF_8))
			.doesNotContain("var(", "display: grid", "clamp(", "min(", ":is(");
	}

	/** Sends the form of the student's page. */
	private Answer post(String classId, String studentId) {
		String form = "class=" + URLEncoder.encode(classId, StandardCharsets.UTF_8) + "&studentId="
				+ URLEncoder.encode(studentId, StandardCharsets.UTF_8);
		return this.http.send("POST", "/", form, "Content-Type", "application/x-www-form-urlencoded");
	}

	private static String escaped(String text) {
		return text.replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

}
