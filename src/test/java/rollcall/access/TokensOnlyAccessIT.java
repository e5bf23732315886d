package rollcall.access;

import java.io.IOException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import rollcall.RawConnection.Answer;
import rollcall.RawConnection;
import rollcall.TestDataFolder;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** No teacher has a password, so tokens of an issuer are the only way to log in. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TokensOnlyAccessIT {

	private static final Issuer issuer = new Issuer();

	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		settings.add("rollcall.data-dir", TestDataFolder::next);
		settings.add("rollcall.token.roles-claim", () -> "realm_access.roles");
		settings.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", issuer::url);
		settings.add("spring.security.oauth2.resourceserver.jwt.audiences", () -> Issuer.AUDIENCE);
	}

	@AfterAll
	static void close() {
		issuer.close();
	}

	/** Runs first: the server has not fetched the keys of the issuer yet. */
	@Test
	@Order(1)
	void requestsGet503UntilTheIssuerAnswers() throws IOException {
		issuer.answer(false);
		Answer answer = ask("GET /classes", bearer("teacher"));
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.problem()).isEqualTo("issuer-unavailable");
		assertThat(answer.header("Retry-After")).isNotEmpty();
		issuer.answer(true);
		assertThat(ask("GET /classes", bearer("teacher")).status()).isEqualTo(200);
	}

	@Test
	void loginPageSaysHowToGetInAndHasNoForm() throws IOException {
		Answer redirect = ask("GET /teacher", "Accept: text/html\r\n");
		assertThat(redirect.status()).isEqualTo(302);
		assertThat(redirect.header("Location")).isEqualTo("/login");
		assertThat(ask("GET /login", "").body()).contains("through the login of their university")
			.doesNotContain("username", "password\"");
	}

	@Test
	void sessionCannotBeStarted() throws IOException {
		Answer page = ask("POST /login?username=ana&password=x", "Accept: text/html\r\n");
		assertThat(page.header("Set-Cookie")).isEmpty();
		assertThat(page.body()).contains("through the login of their university");
		assertThat(ask("POST /logout", "").problem()).isEqualTo("unauthorized");
	}

	@Test
	void refusalNamesTheOnlyWayToLogIn() throws IOException {
		Answer answer = ask("GET /teacher", "");
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.headers("WWW-Authenticate")).containsExactly("Bearer");
		assertThat(answer.body()).contains("Authorization: Bearer").doesNotContain("/login", "password");
	}

	@Test
	void passwordIsRefused() throws IOException {
		Answer answer = ask("GET /classes", AccountsAccessIT.basic("ana", "correct horse"));
		assertThat(answer.problem()).isEqualTo("unauthorized");
		assertThat(answer.headers("WWW-Authenticate")).containsExactly("Bearer");
	}

	@Test
	void missingRoleIsNamed() throws IOException {
		Answer answer = ask("GET /classes", bearer("student"));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.body()).contains("\"type\":\"urn:rollcall:forbidden\"",
				"\"missingRole\":\"rollcall-teacher\"");
	}

	private static String bearer(String kind) {
		return "Authorization: Bearer " + issuer.token(kind) + "\r\n";
	}

	private Answer ask(String request, String headers) throws IOException {
		try (RawConnection wire = RawConnection.to("127.0.0.1", this.port)) {
			wire.send(request + " HTTP/1.1\r\nHost: localhost:" + this.port
					+ "\r\nConnection: close\r\nContent-Length: 0\r\n" + headers + "\r\n");
			return wire.read();
		}
	}

}
