package rollcall.access;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rollcall.Await;
import rollcall.RawConnection;
import rollcall.TestDataFolder;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * 230 wrong logins in a second from 90 addresses. Teachers at other addresses can still
 * log in, and presences are still recorded. The test takes about a minute and prints its
 * measurements.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LoginFloodIT {

	private static final int ADDRESSES = 90;

	private static final int PER_SECOND = 230;

	private static final int TEACHERS = 20;

	private static final String PASSWORD = "correct horse";

	private static final Duration LOGIN_WITHIN = Duration.ofSeconds(5);

	private static final Duration STUDENTS_FOR = Duration.ofSeconds(3);

	private final ExecutorService clients = Executors.newCachedThreadPool();

	private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();

	private final AtomicInteger guesses = new AtomicInteger();

	private final AtomicInteger wrong = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		String hash = HashPassword.encoder().encode(PASSWORD);
		settings.add("rollcall.data-dir", TestDataFolder::next);
		settings.add("rollcall.max-students-per-roll", () -> 1_000_000);
		for (int i = 0; i < TEACHERS; i++) {
			String name = "teacher" + i;
			settings.add("rollcall.teachers[" + i + "].name", () -> name);
			settings.add("rollcall.teachers[" + i + "].password-hash", () -> hash);
		}
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.pace.shutdownNow();
		this.clients.shutdown();
		assertThat(this.clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void teachersAtOtherAddressesLogInAndPresencesAreRecorded() throws Exception {
		assertThat(ask("127.0.0.1", "POST /classes/1/roll", basic("teacher0", PASSWORD)).status()).isEqualTo(201);
		students("warm");
		Duration before = students("before");
		this.pace.scheduleAtFixedRate(() -> guess(this.guesses.getAndIncrement()), 0, 1_000_000 / PER_SECOND,
				TimeUnit.MICROSECONDS);
		Await.until("every address has guessed", () -> this.wrong.get() + this.refused.get() > 4 * ADDRESSES);
		Duration slowest = Duration.ZERO;
		for (int i = 1; i < TEACHERS; i++) {
			long began = System.nanoTime();
			assertThat(ask("127.3.0." + i, "GET /classes", basic("teacher" + i, PASSWORD)).status()).isEqualTo(200);
			Duration took = Duration.ofNanos(System.nanoTime() - began);
			slowest = (took.compareTo(slowest) > 0) ? took : slowest;
		}
		Duration during = students("during");
		System.out.printf(
				"%d wrong logins compared, %d refused; slowest of %d right ones %d ms; "
						+ "median time of a presence: %d us before, %d us during%n",
				this.wrong.get(), this.refused.get(), TEACHERS - 1, slowest.toMillis(), before.toNanos() / 1_000,
				during.toNanos() / 1_000);
		assertThat(slowest).isLessThan(LOGIN_WITHIN);
		// On an idle machine a presence takes about twice as long as before.
		assertThat(during).isLessThan(before.multipliedBy(5));
	}

	/** Sends a guess without waiting for the answers of earlier ones. */
	private void guess(int number) {
		this.clients.submit(() -> {
			int status = ask("127.2.0." + (number % ADDRESSES + 1), "GET /classes",
					basic("teacher" + number % TEACHERS, "guess" + number))
				.status();
			return (status == 401 ? this.wrong : this.refused).incrementAndGet();
		});
	}

	/** Sends presences one after the other. Returns the median of their times. */
	private Duration students(String name) throws IOException {
		long end = System.nanoTime() + STUDENTS_FOR.toNanos();
		List<Duration> times = new ArrayList<>();
		while (System.nanoTime() - end < 0 || times.isEmpty()) {
			long began = System.nanoTime();
			String body = "{\"studentId\":\"" + name + times.size() + "\"}";
			RawConnection.Answer answer = ask("127.0.0.1", "POST /classes/1/presence",
					"Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n", body);
			assertThat(answer.body()).contains("\"classId\":1,");
			times.add(Duration.ofNanos(System.nanoTime() - began));
		}
		times.sort(null);
		return times.get(times.size() / 2);
	}

	private RawConnection.Answer ask(String from, String request, String headers) throws IOException {
		return ask(from, request, headers, "");
	}

	private RawConnection.Answer ask(String from, String request, String headers, String body) throws IOException {
		try (RawConnection wire = RawConnection.between(from, "127.0.0.1", this.port)) {
			wire.send(request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n" + body);
			return wire.read();
		}
	}

	private static String basic(String name, String password) {
		return AccountsAccessIT.basic(name, password);
	}

}
