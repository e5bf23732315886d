package rollcall.pages;

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
 * What a person in a browser gets instead of a JSON problem, and what a program gets.
 */
@ServerTest
class BrowserProblemPageTests {

	private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

	private static final String FORM = "application/x-www-form-urlencoded";

	private final Http http;

	BrowserProblemPageTests(@LocalServerPort int port) {
		this.http = new Http(port);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/42/                            | /42
			/42.                            | /42
			/42,                            | /42
			/42%20                          | /42
			/42)%3E                         | /42
			//42                            | /42
			/042/                           | /42
			/turma/42                       | /42
			/Turma/42/                      | /42
			/clase/42                       | /42
			/class/42                       | /42
			/class-42                       | /42
			/turma%2042                     | /42
			/%EF%BC%94%EF%BC%92             | /42
			/%D9%A4%D9%A2                   | /42
			/9007199254740991.              | /9007199254740991
			/42/BCDFGH/                     | /42/BCDFGH
			/42/BCDFGH.                     | /42/BCDFGH
			/42/BCDFGH%20                   | /42/BCDFGH
			/42/BCDFGH).                    | /42/BCDFGH
			/42/BCDFGH%E2%80%8B             | /42/BCDFGH
			/42/bcdfgh/                     | /42/BCDFGH
			/42/bcd-fgh                     | /42/BCDFGH
			/42/BCD%E2%80%93FGH             | /42/BCDFGH
			/42/BCD%20FGH                   | /42/BCDFGH
			/42/bcd+fgh                     | /42/BCDFGH
			/42/BCD/FGH                     | /42/BCDFGH
			/42/%42%43%44-%46%47%48         | /42/BCDFGH
			/42//BCDFGH                     | /42/BCDFGH
			/42%2FBCDFGH                    | /42/BCDFGH
			/42%20BCD%20FGH                 | /42/BCDFGH
			/42-BCDFGH                      | /42/BCDFGH
			/42/%7BBCDFGH%7D                | /42/BCDFGH
			/turma/42/bcdfgh                | /42/BCDFGH
			/Clase-042/BCDFGH/              | /42/BCDFGH
			/%D9%A4%D9%A2/BCDFGH            | /42/BCDFGH
			""")
	void pathThatMeansAClassLeadsToTheClass(String path, String target) {
		Answer answer = this.http.get(path, "Accept", BROWSER);
		assertThat(answer.status()).isEqualTo(302);
		assertThat(answer.header("Location")).hasValue(target);
		assertThat(this.http.get(target, "Accept", BROWSER).status()).isEqualTo(200);
		assertThat(this.http.get(path, "Accept", "*/*").header("Location")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/abc", "/abc/def/", "/42a", "/0.", "/0-BCDFGH", "/9007199254740992.", "/turma/",
			"/room/42", "/teacher/none", "/%7B%7B", "/assets/none.js", "/BCDFGH", "/BCDFGH/42" })
	void unknownPathIsAPageWithTheForm(String path) {
		Answer answer = this.http.get(path, "Accept", BROWSER, "Accept-Language", "pt-PT");
		assertThat(answer.status()).isEqualTo(404);
		assertIsPage(answer);
		assertThat(answer.text()).contains("Não há página neste endereço", "id=\"class\"", "<html lang=\"pt-BR\">");
		assertThat(this.http.get(path, "Accept", "*/*").member("type")).isEqualTo("urn:rollcall:not-found");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/42/BCDFGA      | BCDFGA  | 404
			/42/BCDFG       | BCDFG   | 404
			/42/BCDFGHJ/    | BCDFGHJ | 404
			/42/bcd-fg0     | BCDFG0  | 404
			/42/7           | 7       | 404
			/turma/42/a     | A       | 404
			/42/%C3%A9      | É       | 404
			/42%2FBCDFG     | BCDFG   | 400
			""")
	void linkWithSomethingThatIsNoCodeAsksForTheCodeOfTheClass(String path, String shown, int status) {
		Answer answer = this.http.get(path, "Accept", BROWSER, "Accept-Language", "pt-PT");
		assertThat(answer.status()).isEqualTo(status);
		assertIsPage(answer);
		assertThat(answer.text()).contains("<html lang=\"pt-BR\">", "action=\"/42\"", "<div data-code-line >")
			.containsPattern("id=\"code\"[^>]* value=\"\"[^>]* aria-invalid=\"true\" autofocus ")
			.containsPattern("id=\"code-problem\"[^>]*>“" + shown + "” não é o código.")
			.doesNotContain("id=\"class\"");
		assertThat(answer.header("Set-Cookie").orElseThrow()).startsWith("rollcall-phone=");
		assertThat(this.http.get(path, "Accept", "*/*").header("Content-Type")).hasValue("application/problem+json");
	}

	@Test
	void pathWithInvalidCharactersIsAPage() {
		String answer = this.http.raw("GET /a;b HTTP/1.1\r\nHost: localhost:" + this.http.port() + "\r\nAccept: "
				+ BROWSER + "\r\nConnection: close\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 400 ")
			.contains("Content-Type: text/html;charset=UTF-8", "id=\"class\"");
	}

	@Test
	void formThatCannotBeReadIsAPage() {
		assertIsPage(415, this.http.send("POST", "/", "{}", "Content-Type", "application/json", "Accept", BROWSER));
		assertIsPage(413, this.http.send("POST", "/42", "a".repeat(20_000), "Content-Type", FORM, "Accept", BROWSER));
		assertIsPage(405, this.http.send("POST", "/42/receipt", "a=b", "Content-Type", FORM, "Accept", BROWSER));
	}

	/** The server refuses forms of other addresses, so these pages have none. */
	@Test
	void pageAtAnotherAddressHasNoForm() {
		String host = this.http
			.raw("GET /42 HTTP/1.1\r\nHost: elsewhere.example\r\nAccept: " + BROWSER + "\r\nConnection: close\r\n\r\n");
		Answer origin = this.http.send("POST", "/", "class=42&studentId=1", "Content-Type", FORM, "Accept", BROWSER,
				"Origin", "http://elsewhere.example");
		assertThat(host).startsWith("HTTP/1.1 403 ");
		assertThat(origin.status()).isEqualTo(403);
		assertThat(List.of(host, origin.text()))
			.allSatisfy((page) -> assertThat(page).contains("Open the address that your teacher shows")
				.doesNotContain("data-form", "allowed-hosts", "public-url"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/classes/42000/roll | no-open-roll
			/classes/abc/roll   | invalid-request
			""")
	void answerOfTheApiStaysAProblemInABrowser(String path, String type) {
		assertThat(this.http.get(path, "Accept", BROWSER).member("type")).isEqualTo("urn:rollcall:" + type);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/problem+json, text/html", "*/*", "image/png" })
	void programGetsAProblem(String accept) {
		Answer answer = this.http.get("/abc", "Accept", accept);
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
	}

	@Test
	void searchEnginesAreAskedToStayAway() {
		Answer robots = this.http.get("/robots.txt", "Accept", BROWSER);
		assertThat(robots.text()).isEqualTo("User-agent: *\nDisallow: /\n");
		assertThat(robots.header("Content-Type").orElseThrow()).startsWith("text/plain");
	}

	@Test
	void iconIsAnImageForOldBrowsers() {
		Answer icon = this.http.get("/favicon.ico");
		assertThat(icon.status()).isEqualTo(200);
		assertThat(icon.header("Content-Type").orElseThrow()).startsWith("image/");
		assertThat(icon.response().body()).startsWith(0, 0, 1, 0);
	}

	private static void assertIsPage(int status, Answer answer) {
		assertThat(answer.status()).isEqualTo(status);
		assertIsPage(answer);
		assertThat(answer.text()).contains("Nothing was recorded", "id=\"class\"");
	}

	private static void assertIsPage(Answer answer) {
		assertThat(answer.header("Content-Type")).hasValue("text/html;charset=UTF-8");
		assertThat(answer.header("Cache-Control")).hasValue("no-store");
		assertThat(answer.header("Content-Security-Policy").orElseThrow()).contains("style-src 'self'")
			.doesNotContain("unsafe");
		assertThat(answer.text()).doesNotContain("urn:rollcall", "Swagger", "hash-password", "{{");
	}

}
