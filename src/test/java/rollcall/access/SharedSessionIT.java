package rollcall.access;

import java.io.IOException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import rollcall.PostgresServer;
import rollcall.RawConnection.Answer;
import rollcall.RawConnection;
import rollcall.RollCallApplication;
import rollcall.settings.StartupFailure;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Two nodes on one database. Without session affinity in the proxy, a browser's requests
 * may reach either node.
 */
class SharedSessionIT {

	private static final String PASSWORD = "correct horse";

	private static final String HASH = HashPassword.encoder().encode(PASSWORD);

	private static WebServerApplicationContext first;

	private static WebServerApplicationContext second;

	@BeforeAll
	static void startNodes() {
		String database = PostgresServer.shared().newDatabase().url();
		first = node(database);
		second = node(database, "--rollcall.public-url=https://roll.example.org",
				"--rollcall.trusted-proxies=127.0.0.1");
	}

	@AfterAll
	static void stopNodes() {
		stop(first);
		stop(second);
	}

	@AfterEach
	void removeSessions() {
		sql("DELETE FROM teacher_session");
	}

	@Test
	void loginOnOneNodeIsValidOnTheOther() throws IOException {
		String cookie = cookie(logIn(first, ""));
		assertThat(ask(second, "GET /classes", cookie).status()).isEqualTo(200);
		try (RawConnection socket = socket(second, cookie)) {
			assertThat(socket.read().status()).isEqualTo(101);
		}
	}

	@Test
	void logoutOnOneNodeEndsTheLoginOnTheOther() throws IOException {
		String cookie = cookie(logIn(first, ""));
		try (RawConnection socket = socket(second, cookie)) {
			assertThat(socket.read().status()).isEqualTo(101);
			assertThat(ask(first, "POST /logout", cookie).header("Set-Cookie")).contains("Max-Age=0");
			assertThat(ask(second, "GET /classes", cookie).status()).isEqualTo(401);
			assertThat(socket.nextStomp()).isEmpty();
		}
	}

	@Test
	void browserIsLedToTheLoginPageAfterALogout() throws IOException {
		String cookie = cookie(logIn(first, ""));
		Answer out = ask(second, "POST /logout", cookie + "Accept: text/html\r\n");
		assertThat(out.header("Location")).isEqualTo("/login?out");
		assertThat(ask(first, "GET " + out.header("Location"), "").body()).contains("You are logged out.");
		assertThat(rows()).isZero();
	}

	/** The second node has a public URL with https. */
	@Test
	void pageWithoutTlsSaysWhereToLogIn() throws IOException {
		String address = "href=\"https://roll.example.org/login\"";
		assertThat(ask(second, "GET /login", "").body()).contains(address).doesNotContain("password\"");
		assertThat(ask(second, "GET /login", "X-Forwarded-For: 192.0.2.9\r\nX-Forwarded-Proto: https\r\n").body())
			.contains("password\"")
			.doesNotContain(address);
		assertThat(ask(second, "GET /login", "Sec-Fetch-Site: none\r\n").body()).contains("password\"");
		assertThat(ask(first, "GET /login", "").body()).contains("password\"");
	}

	@Test
	void cookiesAreHiddenFromScriptsAndOtherSites() throws IOException {
		Answer login = logIn(first, "");
		assertThat(login.headers("Set-Cookie")).hasSize(2)
			.allSatisfy((cookie) -> assertThat(cookie).contains("Path=/", "HttpOnly", "SameSite=Lax")
				.doesNotContain("Secure", "Domain"));
		assertThat(login.headers("Set-Cookie").filter((cookie) -> cookie.startsWith("rollcall-login="))).singleElement()
			.asString()
			.doesNotContain("Max-Age");
	}

	@Test
	void cookiesAreForTlsOnlyIfThePublicUrlIsHttps() throws IOException {
		assertThat(logIn(second,
				"Origin: https://roll.example.org\r\nX-Forwarded-Proto: https\r\n" + "X-Forwarded-For: 192.0.2.9\r\n")
			.headers("Set-Cookie")).hasSize(2).allSatisfy((cookie) -> assertThat(cookie).contains("Secure"));
	}

	@Test
	void requestFromThisMachineHasNoPrivilege() throws IOException {
		assertThat(ask(first, "GET /classes", "").status()).isEqualTo(401);
		assertThatThrownBy(() -> new SpringApplicationBuilder(RollCallApplication.class).profiles("cluster")
			.logStartupInfo(false)
			.run("--server.port=0", "--DATABASE_URL=" + PostgresServer.shared().newDatabase().url()))
			.hasRootCauseInstanceOf(StartupFailure.class);
	}

	@Test
	void loginChangesTheSessionId() throws IOException {
		String before = cookie(logIn(first, ""));
		String after = cookie(logIn(second, before));
		assertThat(after).isNotEqualTo(before);
		assertThat(ask(first, "GET /classes", before).status()).isEqualTo(401);
		assertThat(ask(first, "GET /classes", after).status()).isEqualTo(200);
	}

	@Test
	void onlyALoginCreatesASession() throws IOException {
		int before = rows();
		ask(first, "GET /", "");
		ask(first, "GET /login", "");
		ask(first, "GET /classes", "");
		ask(first, "GET /classes", "Cookie: rollcall-login=made-up\r\n");
		ask(first, "GET /classes", AccountsAccessIT.basic("ana", PASSWORD));
		ask(first, "POST /login?username=ana&password=wrong", "");
		assertThat(rows()).isEqualTo(before);
	}

	@Test
	void onlyFormLoginsNeedTheTable() throws IOException {
		String cookie = cookie(logIn(first, ""));
		sql("ALTER TABLE teacher_session RENAME TO away");
		try {
			Answer answer = ask(second, "GET /classes", cookie);
			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.problem()).isEqualTo("store-unavailable");
			assertThat(answer.header("Retry-After")).isNotEmpty();
			assertThat(answer.header("Content-Security-Policy")).isNotEmpty();
			assertThat(logIn(second, "").problem()).isEqualTo("store-unavailable");
			assertThat(ask(second, "GET /classes", AccountsAccessIT.basic("ana", PASSWORD)).status()).isEqualTo(200);
			assertThat(ask(second, "GET /", cookie).status()).as("the page of a student").isEqualTo(200);
		}
		finally {
			sql("ALTER TABLE away RENAME TO teacher_session");
		}
		assertThat(ask(second, "GET /classes", cookie).status()).isEqualTo(200);
	}

	@Test
	void unreadableSessionIsNoLogin() throws IOException {
		String cookie = cookie(logIn(first, ""));
		assertThat(ask(second, "GET /classes", cookie).status()).isEqualTo(200);
		sql("UPDATE teacher_session_attributes SET attribute_bytes = decode('aced0005', 'hex')");
		assertThat(ask(second, "GET /classes", cookie).status()).isEqualTo(401);
	}

	@Test
	void passwordAndItsHashAreNotStored() throws IOException {
		logIn(first, "");
		String kept = String.join("\n", jdbc().queryForList(
				"SELECT attribute_name || convert_from(attribute_bytes, 'UTF8') FROM teacher_session_attributes",
				String.class));
		assertThat(kept).contains(" ana").doesNotContain("$2", HASH.substring(HASH.length() - 20), PASSWORD);
	}

	@Test
	void timeOfTheLastRequestIsWrittenOnceAMinute() throws IOException {
		String cookie = cookie(logIn(first, ""));
		sql("UPDATE teacher_session SET last_access_time = last_access_time - 100000");
		ask(second, "GET /classes", cookie);
		String once = versions();
		ask(second, "GET /classes", cookie);
		assertThat(versions()).isEqualTo(once);
		sql("UPDATE teacher_session SET last_access_time = last_access_time - 100000");
		ask(second, "GET /classes", cookie);
		assertThat(
				jdbc().queryForObject("SELECT max(last_access_time - creation_time) FROM teacher_session", Long.class))
			.isNotNegative();
	}

	private static WebServerApplicationContext node(String database, String... settings) {
		return (WebServerApplicationContext) new SpringApplicationBuilder(RollCallApplication.class).profiles("cluster")
			.run(Stream.concat(
					Stream.of("--server.port=0", "--DATABASE_URL=" + database, "--rollcall.drain=0s",
							"--rollcall.teachers[0].name=ana", "--rollcall.teachers[0].password-hash=" + HASH),
					Stream.of(settings))
				.toArray(String[]::new));
	}

	private static void stop(WebServerApplicationContext node) {
		if (node != null) {
			((ConfigurableApplicationContext) node).close();
		}
	}

	private static Answer logIn(WebServerApplicationContext node, String headers) throws IOException {
		String form = "username=ana&password=" + PASSWORD.replace(' ', '+');
		return ask(node, "POST /login", "Content-Type: application/x-www-form-urlencoded\r\n" + headers, form);
	}

	private static String cookie(Answer login) {
		assertThat(login.header("Location")).isEqualTo("/teacher");
		return "Cookie: " + login.cookie("rollcall-login") + "\r\n";
	}

	private static Answer ask(WebServerApplicationContext node, String what, String headers) throws IOException {
		return ask(node, what, headers, "");
	}

	private static Answer ask(WebServerApplicationContext node, String what, String headers, String body)
			throws IOException {
		try (RawConnection wire = RawConnection.to("127.0.0.1", port(node))) {
			wire.send(what + " HTTP/1.1\r\nHost: localhost:" + port(node) + "\r\nConnection: close\r\nContent-Length: "
					+ body.length() + "\r\n" + headers + "\r\n" + body);
			return wire.read();
		}
	}

	private static RawConnection socket(WebServerApplicationContext node, String cookie) throws IOException {
		RawConnection wire = RawConnection.to("127.0.0.1", port(node));
		wire.send("GET /ws HTTP/1.1\r\nHost: localhost:" + port(node)
				+ "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + cookie + "\r\n");
		return wire;
	}

	private static int port(WebServerApplicationContext node) {
		return node.getWebServer().getPort();
	}

	private static JdbcTemplate jdbc() {
		return first.getBean(JdbcTemplate.class);
	}

	private static void sql(String statement) {
		jdbc().execute(statement);
	}

	private static int rows() {
		return jdbc().queryForObject("SELECT count(*) FROM teacher_session", Integer.class);
	}

	/** Returns the transactions that wrote the rows. */
	private static String versions() {
		return jdbc().queryForList("SELECT xmin::text FROM teacher_session ORDER BY primary_id", String.class)
			.toString();
	}

}
