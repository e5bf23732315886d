package rollcall.pages;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages as the server sends them, without a browser.
 */
@WithServer
class PagesTests {

	@LocalServerPort
	private int port;

	@Test
	void formWithoutScriptIsRecorded() {
		Classroom room = new Classroom(this.port);
		room.start();
		HttpResponse<String> page = Classroom.post(this.port, " " + room.id + " ", " 042191010 ");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("data-state=\"recorded\"", ">042191010</dd>");
		assertThat(room.current()).contains("\"042191010\"");
	}

	@Test
	void formWithoutScriptIsRefusedWhenNoRollIsOpen() {
		Classroom room = new Classroom(this.port);
		HttpResponse<String> page = Classroom.post(this.port, String.valueOf(room.id), "042191010");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("data-state=\"refused\"")
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
		HttpResponse<String> page = Classroom.post(this.port, classId, studentId);
		assertThat(page.statusCode()).isEqualTo(422);
		assertThat(page.body()).contains("data-state=\"form\"", "aria-invalid=\"true\"")
			.contains("value=\"" + escaped(classId) + "\"", "value=\"" + escaped(studentId) + "\"")
			.doesNotContain("<script>alert");
	}

	@Test
	void idOf65CharactersIsInvalid() {
		assertThat(Classroom.post(this.port, "42", "x".repeat(65)).statusCode()).isEqualTo(422);
	}

	@ParameterizedTest
	@CsvSource({ "/42, 42", "/0042, 42", "/9007199254740991, 9007199254740991" })
	void shortLinkFillsInTheClass(String path, String classId) {
		HttpResponse<String> page = Classroom.get(this.port, path);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<input type=\"hidden\" name=\"class\" value=\"" + classId + "\">");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/0", "/9007199254740992", "/00000000000000000000001" })
	void shortLinkWithAnInvalidClassAsksForTheClass(String path) {
		HttpResponse<String> page = Classroom.get(this.port, path);
		assertThat(page.statusCode()).isEqualTo(404);
		assertThat(page.body()).contains("id=\"class\"", "aria-invalid=\"true\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/42", "/teacher", "/teacher/app.js", "/teacher/address", "/teacher/qr/42.svg",
			"/assets/student.js", "/assets/icon.svg" })
	void pagesAllowOnlyFilesOfThisServer(String path) {
		HttpResponse<String> page = Classroom.get(this.port, path);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
			.contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
			.doesNotContain("unsafe", "http:", "https:", "*");
		assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).containsAnyOf("no-cache", "no-store");
	}

	@Test
	void chosenLanguageIsUsedAndRemembered() {
		HttpResponse<String> asked = Classroom.get(this.port, "/", "Accept-Language", "pt-PT");
		assertThat(asked.body()).contains("<html lang=\"pt-BR\">");
		assertThat(asked.headers().firstValue("Vary").orElseThrow()).contains("Accept-Language");
		HttpResponse<String> chosen = Classroom.get(this.port, "/?lang=es", "Accept-Language", "pt-PT");
		assertThat(chosen.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("rollcall-language=es;");
		HttpResponse<String> after = Classroom.get(this.port, "/", "Cookie", "rollcall-language=es");
		assertThat(after.body()).contains("<html lang=\"es\">");
	}

	@Test
	void unknownLanguageIsNotRemembered() {
		assertThat(Classroom.get(this.port, "/?lang=%3Cb%3E").headers().firstValue("Set-Cookie")).isEmpty();
	}

	@Test
	void importMapNamesAnExistingScript() throws Exception {
		String dashboard = new ClassPathResource("static/teacher/index.html")
			.getContentAsString(StandardCharsets.UTF_8);
		Matcher script = Pattern.compile("\"@stomp/stompjs\": \"\\./(webjars/.*?)\"").matcher(dashboard);
		assertThat(script.find()).isTrue();
		assertThat(Classroom.get(this.port, "/" + script.group(1)).statusCode()).isEqualTo(200);
	}

	@Test
	void scriptsNeverParseTextAsHtml() throws Exception {
		for (String file : new String[] { "teacher/app.js", "teacher/view.js", "teacher/home-view.js",
				"teacher/roll-view.js", "teacher/arrival-list.js", "teacher/ended-view.js", "teacher/sheet-view.js",
				"teacher/projector-view.js", "teacher/message-view.js", "assets/student.js" }) {
			assertThat(new ClassPathResource("static/" + file).getContentAsString(StandardCharsets.UTF_8)).as(file)
				.doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
		}
	}

	@Test
	void studentsPageUsesOnlyWhatOldPhonesSupport() throws Exception {
		assertThat(new ClassPathResource("static/assets/student.js").getContentAsString(StandardCharsets.UTF_8))
			.doesNotContain("=>", "const ", "let ", "`", "class ", "fetch(", "Promise", "async ");
		assertThat(new ClassPathResource("static/assets/page.css").getContentAsString(StandardCharsets.UTF_8))
			.doesNotContain("var(", "display: grid", "clamp(", "min(", ":is(");
	}

	private static String escaped(String text) {
		return text.replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

}
