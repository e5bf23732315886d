package rollcall.access;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rollcall.RawConnection.Answer;
import rollcall.RawConnection;
import rollcall.TestDataFolder;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wrong passwords over HTTP, for both ways to send them, from several loopback addresses.
 * Each test has its own account and addresses, because the server counts attempts.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LoginAccessIT {

	private static final String PASSWORD = "correct horse";

	private static final int ACCOUNTS = 16;

	private static final AtomicInteger NEXT = new AtomicInteger(1);

	@LocalServerPort
	int port;

	private final int number = NEXT.getAndIncrement();

	private final String account = "teacher" + this.number;

	private final String here = "127.1." + this.number + ".1";

	private final String elsewhere = "127.1." + this.number + ".2";

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		String hash = HashPassword.encoder().encode(PASSWORD);
		settings.add("rollcall.data-dir", TestDataFolder::next);
		for (int i = 0; i < ACCOUNTS; i++) {
			String name = "teacher" + i;
			settings.add("rollcall.teachers[" + i + "].name", () -> name);
			settings.add("rollcall.teachers[" + i + "].password-hash", () -> hash);
		}
	}

	@ParameterizedTest
	@EnumSource
	void guessesAreDelayedAndATeacherAtAnotherAddressIsNot(Way way) throws IOException {
		List<Integer> statuses = new ArrayList<>();
		long began = System.nanoTime();
		for (int i = 0; i < 200; i++) {
			statuses.add(way.logIn(this, this.here, this.account, "guess" + i, "").status());
		}
		long took = Duration.ofNanos(System.nanoTime() - began).toSeconds();
		int compared = Collections.frequency(statuses, way.wrong);
		assertThat(statuses.subList(0, LoginThrottle.FREE_GUESSES)).containsOnly(way.wrong);
		assertThat(statuses).containsOnly(way.wrong, 429).contains(429);
		assertThat(compared)
			.isLessThanOrEqualTo((int) (LoginThrottle.FREE_GUESSES + 1 + took / LoginThrottle.GUESS_INTERVAL_S));
		assertThat(way.logIn(this, this.elsewhere, this.account, PASSWORD, "").status()).isEqualTo(way.right);
	}

	@ParameterizedTest
	@EnumSource
	void sameAddressIsServedAgainAfterRetryAfter(Way way) throws Exception {
		Answer refused = guessUntilRefused(way, "");
		int seconds = Integer.parseInt(refused.header("Retry-After"));
		assertThat(seconds).isBetween(1, LoginThrottle.GUESS_INTERVAL_S);
		assertThat(refused.body()).doesNotContain("{{");
		Thread.sleep(seconds * 1_000L);
		assertThat(way.logIn(this, this.here, this.account, PASSWORD, "").status()).isEqualTo(way.right);
	}

	@ParameterizedTest
	@EnumSource
	void knownBrowserIsServedAtOnce(Way way) throws IOException {
		String device = Way.FORM.logIn(this, this.elsewhere, this.account, PASSWORD, "").cookie(DeviceCookie.NAME);
		String other = Way.FORM.logIn(this, this.elsewhere, "teacher0", PASSWORD, "").cookie(DeviceCookie.NAME);
		assertThat(device).isNotEmpty();
		// The server remembers right passwords, so the test sends wrong ones.
		for (String foreign : List.of("", device(other), device(device + "x"), device("rollcall-device=."))) {
			guessUntilRefused(way, foreign);
		}
		assertThat(way.logIn(this, this.here, this.account, "guess", device(device)).status()).isEqualTo(way.wrong);
		assertThat(way.logIn(this, this.here, this.account, PASSWORD, device(device)).status()).isEqualTo(way.right);
	}

	@Test
	void refusedFormIsAPageForABrowserAndAProblemForAProgram() throws IOException {
		Answer page = guessUntilRefused(Way.FORM, "Accept: text/html\r\n");
		assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
		assertThat(page.body()).contains("role=\"alert\"", "Too many attempts");
		assertThat(guessUntilRefused(Way.FORM, "").problem()).isEqualTo("too-many-logins");
	}

	@Test
	void loggedInTeacherIsNotDelayed() throws IOException {
		String cookie = Way.FORM.logIn(this, this.here, this.account, PASSWORD, "").cookie("rollcall-login");
		Way.BASIC.logIn(this, this.here, this.account, PASSWORD, "");
		guessUntilRefused(Way.BASIC, "");
		assertThat(Way.BASIC.logIn(this, this.here, this.account, PASSWORD, "").status()).isEqualTo(200);
		assertThat(ask(this.here, "GET /classes", device(cookie), "").status()).isEqualTo(200);
	}

	/**
	 * A browser sends more simultaneous requests than free guesses after a restart of the
	 * server.
	 */
	@Test
	void simultaneousRightPasswordsAreComparedOnce() {
		List<Integer> statuses = Stream.generate(() -> this.account).limit(40).parallel().map((name) -> {
			try {
				return Way.BASIC.logIn(this, this.here, name, PASSWORD, "").status();
			}
			catch (IOException ex) {
				throw new java.io.UncheckedIOException(ex);
			}
		}).toList();
		assertThat(statuses).containsOnly(200);
	}

	@Test
	void longNameIsRefusedAndNotStored() throws IOException {
		String name = "n".repeat(15_000);
		for (int i = 0; i < 2 * LoginThrottle.FREE_GUESSES; i++) {
			assertThat(Way.FORM.logIn(this, this.here, name + i, PASSWORD, "").status()).isEqualTo(Way.FORM.wrong);
		}
	}

	/** Some seconds after a refusal one more guess is compared. */
	private Answer guessUntilRefused(Way way, String headers) throws IOException {
		Answer answer = way.logIn(this, this.here, this.account, "guess", headers);
		for (int i = 0; i < 2 * LoginThrottle.FREE_GUESSES && answer.status() != 429; i++) {
			answer = way.logIn(this, this.here, this.account, "guess" + i, headers);
		}
		assertThat(answer.status()).isEqualTo(429);
		return answer;
	}

	private static String device(String cookie) {
		return "Cookie: " + cookie + "\r\n";
	}

	private Answer ask(String from, String what, String headers, String body) throws IOException {
		try (RawConnection wire = RawConnection.between(from, "127.0.0.1", this.port)) {
			wire.send(what + " HTTP/1.1\r\nHost: localhost:" + this.port + "\r\nConnection: close\r\nContent-Length: "
					+ body.length() + "\r\n" + headers + "\r\n" + body);
			return wire.read();
		}
	}

	/** A way to send a password, with the statuses for a wrong and a right one. */
	enum Way {

		BASIC(401, 200) {
			@Override
			Answer logIn(LoginAccessIT test, String from, String name, String password, String headers)
					throws IOException {
				return test.ask(from, "GET /classes", headers + AccountsAccessIT.basic(name, password), "");
			}
		},

		FORM(401, 302) {
			@Override
			Answer logIn(LoginAccessIT test, String from, String name, String password, String headers)
					throws IOException {
				Answer answer = test.ask(from, "POST /login",
						headers + "Content-Type: application/x-www-form-urlencoded\r\n",
						"username=" + name + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8));
				if (answer.status() == 302) {
					assertThat(answer.header("Location")).isEqualTo("/teacher");
				}
				return answer;
			}
		};

		private final int wrong;

		private final int right;

		Way(int wrong, int right) {
			this.wrong = wrong;
			this.right = right;
		}

		abstract Answer logIn(LoginAccessIT test, String from, String name, String password, String headers)
				throws IOException;

	}

}
