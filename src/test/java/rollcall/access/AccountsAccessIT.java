package rollcall.access;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.RawConnection.Answer;
import rollcall.RawConnection;
import rollcall.TestDataFolder;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with teachers who have passwords, and with an issuer of tokens. A request from
 * this machine has no privilege.
 */
class AccountsAccessIT extends AccessMatrix {

	static final String PASSWORD = "correct horse";

	private static final Issuer issuer = new Issuer();

	/** Session cookies by name: one login for each name is enough. */
	private final Map<String, String> sessions = new HashMap<>();

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		String hash = HashPassword.encoder().encode(PASSWORD);
		settings.add("rollcall.data-dir", TestDataFolder::next);
		settings.add("rollcall.teachers[0].name", () -> "ana");
		settings.add("rollcall.teachers[0].password-hash", () -> hash);
		settings.add("rollcall.teachers[1].name", () -> "rui");
		settings.add("rollcall.teachers[1].password-hash", () -> hash.substring("{bcrypt}".length()));
		settings.add("rollcall.teachers[2].name", () -> "head");
		settings.add("rollcall.teachers[2].password-hash", () -> hash);
		settings.add("rollcall.teachers[2].admin", () -> true);
		settings.add("rollcall.token.roles-claim", () -> "realm_access.roles");
		settings.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", issuer::url);
		settings.add("spring.security.oauth2.resourceserver.jwt.audiences", () -> Issuer.AUDIENCE);
	}

	@AfterAll
	static void closeIssuer() {
		issuer.close();
	}

	@Override
	String owner() {
		return basic("ana", PASSWORD);
	}

	@Override
	String admin() {
		return basic("head", PASSWORD);
	}

	@Override
	String login(String name) {
		return switch (name) {
			case "" -> "";
			case "owner" -> owner();
			case "other" -> basic("rui", PASSWORD);
			case "admin" -> admin();
			case "wrong" -> basic("ana", "wrong");
			case "long" -> basic("ana", PASSWORD + "x".repeat(80));
			case "unknown" -> basic("nobody", PASSWORD);
			case "empty" -> basic("ana", "");
			case "broken" -> "Authorization: Basic !!!\r\n";
			case "session" -> session("ana");
			case "session-other" -> session("rui");
			case "session-forged" -> "Cookie: rollcall-login=0123456789ABCDEF0123456789ABCDEF\r\n";
			default -> "Authorization: Bearer " + issuer.token(name.substring("token-".length())) + "\r\n";
		};
	}

	@Test
	void socketClosesWhenItsLoginEnds() throws IOException {
		String cookie = logIn("ana");
		try (RawConnection wire = open(cookie)) {
			Answer out = ask("v4", "POST /logout HTTP/1.1\r\nContent-Length: 0\r\n" + local() + cookie + "\r\n");
			assertThat(out.status()).isEqualTo(204);
			assertThat(wire.nextStomp()).isEmpty();
		}
		assertThat(ask("v4", "GET /classes HTTP/1.1\r\n" + local() + cookie + "\r\n").status()).isEqualTo(401);
	}

	@Test
	void socketClosesWhenItsTokenEnds() throws IOException {
		String token = issuer.tokenUntil(Instant.now().plusSeconds(2));
		try (RawConnection wire = open("Authorization: Bearer " + token + "\r\n")) {
			assertThat(wire.nextStomp()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "owner", "session", "token-teacher" })
	void loginIsKeptWhileABodyIsRead(String login) throws IOException {
		String path = "/classes/" + (7_000_000 + login.hashCode() % 1_000_000) + "/roll";
		assertThat(ask("v4",
				"POST " + path + " HTTP/1.1\r\n" + local() + login(login)
						+ "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")
			.status()).isEqualTo(201);
	}

	@Test
	void pageOfAnotherOriginCannotLogIn() throws IOException {
		Answer answer = ask("v4", form("ana", PASSWORD, "Origin: http://evil.example\r\n"));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.body()).contains("Open the address that your teacher shows");
		assertThat(answer.header("Set-Cookie")).isEmpty();
	}

	@Test
	void getDoesNotLogOut() throws IOException {
		String cookie = logIn("ana");
		ask("v4", "GET /logout HTTP/1.1\r\n" + local() + cookie + "\r\n");
		assertThat(ask("v4", "GET /classes HTTP/1.1\r\n" + local() + cookie + "\r\n").status()).isEqualTo(200);
	}

	@Test
	void cookiesAreHiddenFromScriptsAndOtherSites() throws IOException {
		assertThat(ask("v4", form("ana", PASSWORD, "")).headers("Set-Cookie")).hasSize(2)
			.allSatisfy((cookie) -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Accept-Language: pt                                       | pt-BR | Senha
			Accept-Language: pt-PT,en;q=0.5                           | pt-BR | Senha
			Accept-Language: pt-PT;;Cookie: rollcall-language=es      | es    | Contraseña
			Accept-Language: de                                       | en    | Password
			""")
	void loginPageIsInTheReadersLanguage(String headers, String language, String text) throws IOException {
		Answer page = ask("v4", "GET /login HTTP/1.1\r\n" + headers.replace(";;", "\r\n") + "\r\n" + local() + "\r\n");
		assertThat(page.body()).contains("<html lang=\"" + language + "\">", text).doesNotContain("{{");
		assertThat(page.header("Content-Security-Policy"))
			.contains("default-src 'none'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'")
			.doesNotContain("unsafe");
	}

	@Test
	void refusedFormIsShownAgainWithTheNameAndWithoutThePassword() throws IOException {
		Answer page = ask("v4", form("ana%22%3E", "s3cr3t", ""));
		assertThat(page.status()).isEqualTo(401);
		assertThat(page.header("WWW-Authenticate")).as("no login window of the browser").isEqualTo("Form");
		assertThat(page.body()).contains("value=\"ana&quot;&gt;\"", "Wrong name or password").doesNotContain("s3cr3t");
		assertThat(ask("v4", form("x".repeat(65), "wrong", "")).body()).contains("name=\"username\" value=\"\"");
	}

	@Test
	void otherLanguageKeepsTheTypedName() throws IOException {
		String form = form("ana", "s3cr3t", "").replace("POST /login ", "POST /login/language?lang=es ");
		Answer page = ask("v4", form);
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.header("Set-Cookie")).startsWith("rollcall-language=es;");
		assertThat(page.body()).contains("<html lang=\"es\">", "value=\"ana\"").doesNotContain("s3cr3t");
	}

	@Test
	void programIsRefusedWithAProblemInsteadOfThePage() throws IOException {
		Answer answer = ask("v4", form("ana", "wrong", "").replace("Accept: text/html\r\n", ""));
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.problem()).isEqualTo("unauthorized");
	}

	@Test
	void dashboardKnowsWhoIsLoggedInAndWhetherALogoutIsPossible() throws IOException {
		String path = "GET /teacher/session HTTP/1.1\r\n" + local();
		assertThat(ask("v4", path + logIn("ana") + "\r\n").body()).isEqualTo("{\"name\":\"ana\",\"canLogOut\":true}");
		assertThat(ask("v4", path + owner() + "\r\n").body()).isEqualTo("{\"name\":\"ana\",\"canLogOut\":false}");
		assertThat(ask("v4", path + "\r\n").problem()).isEqualTo("unauthorized");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Accept: */*                                       | Basic realm="rollcall", charset="UTF-8"
			Referer: http://localhost/teacher                 | Form
			Cookie: rollcall-login=0123456789ABCDEF           | Form
			Origin: http://localhost                          | Form
			""")
	void requestOfAPageOpensNoLoginWindowOfTheBrowser(String header, String challenge) throws IOException {
		String request = "GET /classes HTTP/1.1\r\n" + local() + header + "\r\n\r\n";
		assertThat(ask("v4", request).header("WWW-Authenticate")).isEqualTo(challenge);
	}

	@Test
	void browserIsRedirectedToTheLoginPage() throws IOException {
		Answer answer = ask("v4", "GET /teacher HTTP/1.1\r\nAccept: text/html\r\n" + local() + "\r\n");
		assertThat(answer.status()).isEqualTo(302);
		assertThat(answer.header("Location")).isEqualTo("/login");
		assertThat(answer.header("Set-Cookie")).as("no session without a login").isEmpty();
	}

	@Test
	void refusalNamesAllWaysToLogIn() throws IOException {
		Answer answer = ask("v4", "GET /classes HTTP/1.1\r\n" + local() + "\r\n");
		assertThat(answer.headers("WWW-Authenticate")).satisfiesExactly(
				(basic) -> assertThat(basic).startsWith("Basic"), (bearer) -> assertThat(bearer).isEqualTo("Bearer"));
		assertThat(answer.body()).contains("\"ways\":[\"With a name and a password: at /login",
				"Authorization: Bearer");
	}

	@Test
	void passwordOver72BytesIsTooLong() throws IOException {
		assertThat(ask("v4", form("ana", "x".repeat(73), "")).body()).contains("more than 72 letters");
		assertThat(ask("v4", form("ana", "\u00e3".repeat(37), "")).body()).contains("more than 72 letters");
		assertThat(ask("v4", form("ana", "x".repeat(72), "")).body()).contains("Wrong name or password");
	}

	@Test
	void teacherSeesOnlyTheirOwnRollsInTheList() throws IOException {
		ask("v4", "POST /classes/77/roll HTTP/1.1\r\n" + local() + owner() + "\r\n");
		assertThat(list(owner())).contains("\"classId\":77,");
		assertThat(list(login("other"))).doesNotContain("\"classId\":77,");
		assertThat(list(login("token-namesake"))).doesNotContain("\"classId\":77,");
		assertThat(list(admin())).contains("\"classId\":77,");
	}

	@Test
	void keptSheetIsGivenToItsTeacherOnly() throws IOException {
		Answer started = ask("v4", "POST /classes/78/roll HTTP/1.1\r\n" + local() + owner() + "\r\n");
		String end = "DELETE /classes/78/roll HTTP/1.1\r\nIf-Match: " + started.header("ETag") + "\r\n" + local();
		assertThat(ask("v4", end + owner() + "\r\n").status()).isEqualTo(200);
		assertThat(ask("v4", end + login("other") + "\r\n").status()).isEqualTo(404);
		assertThat(ask("v4", end + owner() + "\r\n").status()).isEqualTo(200);
	}

	private String list(String login) throws IOException {
		return ask("v4", "GET /classes HTTP/1.1\r\n" + local() + login + "\r\n").body();
	}

	private RawConnection open(String login) throws IOException {
		RawConnection wire = RawConnection.to("127.0.0.1", this.port);
		assertThat(wire.upgrade(login).status()).isEqualTo(101);
		wire.stomp("CONNECT|accept-version:1.2|heart-beat:0,0||");
		assertThat(wire.nextStomp().orElseThrow()).startsWith("CONNECTED");
		return wire;
	}

	private String session(String name) {
		return this.sessions.computeIfAbsent(name, (key) -> {
			try {
				return logIn(key);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private String logIn(String name) throws IOException {
		return "Cookie: " + ask("v4", form(name, PASSWORD, "")).cookie("rollcall-login") + "\r\n";
	}

	private String form(String name, String password, String headers) {
		String body = "username=" + name + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8);
		return "POST /login HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
				+ body.length() + "\r\nAccept: text/html\r\n" + local() + headers + "\r\n" + body;
	}

	private String local() {
		return "Host: localhost:" + this.port + "\r\nConnection: close\r\n";
	}

	static String basic(String name, String password) {
		String pair = name + ":" + password;
		return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))
				+ "\r\n";
	}

	@Override
	String table() {
		return """
				# operation | from    | headers                    | login                | outcome
				start       | v4      |                            |                      | 401 unauthorized
				start       | v6      |                            |                      | 401 unauthorized
				start       | network |                            |                      | 401 unauthorized
				end         | v4      |                            |                      | 401 unauthorized
				read        | v4      |                            |                      | 401 unauthorized
				list        | v4      |                            |                      | 401 unauthorized
				upgrade     | v4      |                            |                      | 401 unauthorized
				subscribe   | v4      |                            |                      | 401 unauthorized
				docs        | network |                            |                      | yes
				docs-yaml   | network |                            |                      | yes
				docs-topic  | network |                            |                      | yes
				docs-config | network |                            |                      | yes
				docs-script | network |                            |                      | yes
				docs-page   | network |                            |                      | yes
				metrics     | v4      |                            |                      | 401 unauthorized
				sbom        | v4      |                            |                      | 401 unauthorized
				sneak       | v4      |                            |                      | 400 bad-request
				sneak-parameter | v4  |                            |                      | 400 bad-request
				presence    | v4      |                            |                      | yes
				presence    | network |                            |                      | yes
				presence    | network |                            | wrong                | yes
				health      | network |                            |                      | yes
				start       | v4      |                            | wrong                | 401 unauthorized
				read        | v4      |                            | long                 | 401 password-too-long
				list        | network |                            | unknown              | 401 unauthorized
				list        | v4      |                            | empty                | 401 unauthorized
				list        | v4      |                            | broken               | 401 unauthorized
				upgrade     | v4      |                            | unknown              | 401 unauthorized
				start       | v4      |                            | owner                | yes
				start       | network |                            | owner                | yes
				end         | v4      |                            | owner                | yes
				end         | network |                            | owner                | yes
				read        | network |                            | owner                | yes
				list        | network |                            | owner                | yes
				subscribe   | v4      |                            | owner                | yes
				subscribe   | network |                            | owner                | yes
				docs        | network |                            | owner                | yes
				metrics     | network |                            | owner                | yes
				sbom        | network |                            | owner                | yes
				start       | v4      |                            | other                | yes
				end         | v4      |                            | other                | 403 not-your-roll
				read        | v4      |                            | other                | 403 not-your-roll
				subscribe   | v4      |                            | other                | refused
				upgrade     | v4      |                            | other                | yes
				end         | v4      |                            | admin                | yes
				read        | v4      |                            | admin                | yes
				subscribe   | v4      |                            | admin                | yes
				start       | v4      |                            | session              | yes
				read        | v4      |                            | session              | yes
				subscribe   | v4      |                            | session              | yes
				read        | v4      |                            | session-other        | 403 not-your-roll
				subscribe   | v4      |                            | session-other        | refused
				read        | v4      |                            | session-forged       | 401 unauthorized
				projector-add   | network |                        | owner                | yes
				projector-add   | v4      |                        | admin                | yes
				projector-add   | v4      |                        |                      | 401 unauthorized
				projector-add   | v4      |                        | other                | 403 not-your-roll
				projector-close | network |                        | owner                | yes
				projector-close | v4      |                        | session              | yes
				projector-close | v4      |                        |                      | 401 unauthorized
				projector-close | v4      |                        | session-other        | 403 not-your-roll
				projector-close | v4      |                        | token-student        | 403 forbidden
				projector-page  | network |                        |                      | yes
				projector-state | network |                        |                      | yes
				projector-dash  | network |                        |                      | yes
				projector-space | network |                        |                      | yes
				deadline        | network |                        |                      | yes
				deadline        | network |                        | wrong                | yes
				projector-state | network |                        | wrong                | yes
				projector-post  | network |                        | owner                | 405 method-not-allowed
				projector-roll  | network |                        |                      | 401 unauthorized
				projector-login | network |                        |                      | 401 unauthorized
				start       | v4      | Origin: http://evil        | owner                | 403 foreign-origin
				start       | v4      | Origin: null               | session              | 403 foreign-origin
				start       | v4      | Sec-Fetch-Site: cross-site | session              | 403 foreign-origin
				end         | v4      | Sec-Fetch-Site: same-site  | owner                | 403 foreign-origin
				upgrade     | v4      | Origin: http://evil        | session              | 403 foreign-origin
				start       | v4      | Origin: http://localhost:PORT | session           | yes
				list        | v4      | Host: evil.example         | owner                | 403 unknown-host
				upgrade     | v4      | Host: evil.example         | session              | 403 unknown-host
				list        | v4      | X-Forwarded-For: 10.0.0.1  | owner                | yes
				start       | v4      |                            | token-teacher        | yes
				start       | network |                            | token-teacher        | yes
				upgrade     | v4      |                            | token-teacher        | yes
				list        | v4      |                            | token-teacher        | yes
				read        | v4      |                            | token-teacher        | 403 not-your-roll
				end         | v4      |                            | token-other          | 403 not-your-roll
				read        | v4      |                            | token-namesake       | 403 not-your-roll
				subscribe   | v4      |                            | token-namesake       | refused
				read        | v4      |                            | token-admin          | yes
				end         | v4      |                            | token-admin          | yes
				subscribe   | v4      |                            | token-admin          | yes
				start       | v4      |                            | token-student        | 403 forbidden
				upgrade     | v4      |                            | token-student        | 403 forbidden
				start       | v4      |                            | token-nobody         | 401 unauthorized
				start       | v4      |                            | token-expired        | 401 unauthorized
				upgrade     | v4      |                            | token-expired        | 401 unauthorized
				start       | v4      |                            | token-early          | 401 unauthorized
				start       | v4      |                            | token-endless        | 401 unauthorized
				start       | v4      |                            | token-wrong-audience | 401 unauthorized
				start       | v4      |                            | token-no-audience    | 401 unauthorized
				start       | v4      |                            | token-wrong-issuer   | 401 unauthorized
				start       | v4      |                            | token-wrong-key      | 401 unauthorized
				start       | v4      |                            | token-unsigned       | 401 unauthorized
				start       | v4      |                            | token-garbage        | 401 unauthorized
				presence    | v4      |                            | token-garbage        | yes
				start       | v4      | Origin: http://evil        | token-teacher        | 403 foreign-origin
				""";
	}

}
