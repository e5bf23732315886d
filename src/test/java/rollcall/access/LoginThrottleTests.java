package rollcall.access;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rollcall.access.LoginThrottle.TooManyLoginsException;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The limits alone, without a server and without bcrypt. */
class LoginThrottleTests {

	private static final int HALF_OF_THE_CORES = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

	private final LoginThrottle throttle = new LoginThrottle();

	private final AtomicInteger compared = new AtomicInteger();

	private final ExecutorService clients = Executors.newCachedThreadPool();

	@AfterEach
	void close() {
		this.clients.shutdownNow();
	}

	@Test
	void onlyTheFreeGuessesAreCompared() {
		for (int i = 0; i < 200; i++) {
			guess("ana", "10.0.0.1");
		}
		assertThat(this.compared.get()).isBetween(LoginThrottle.FREE_GUESSES, LoginThrottle.FREE_GUESSES + 1);
		assertThatExceptionOfType(TooManyLoginsException.class)
			.isThrownBy(() -> this.throttle.compare("ana", "10.0.0.1", false, () -> true))
			.satisfies((refusal) -> assertThat(refusal.retryAfterSeconds()).isBetween(1L,
					(long) LoginThrottle.GUESS_INTERVAL_S));
	}

	@Test
	void guessesFromOneSourceSlowNoOtherSourceAndNoOtherAccount() {
		for (int i = 0; i < 200; i++) {
			guess("ana", "10.0.0.1");
		}
		assertThat(this.throttle.compare("ana", "10.0.0.2", false, () -> "in")).isEqualTo("in");
		assertThat(this.throttle.compare("rui", "10.0.0.1", false, () -> "in")).isEqualTo("in");
	}

	@Test
	void rightPasswordGivesTheFreeGuessesBack() {
		for (int i = 1; i < LoginThrottle.FREE_GUESSES; i++) {
			guess("ana", "10.0.0.1");
		}
		this.throttle.compare("ana", "10.0.0.1", false, () -> true);
		this.compared.set(0);
		for (int i = 0; i < LoginThrottle.FREE_GUESSES; i++) {
			guess("ana", "10.0.0.1");
		}
		assertThat(this.compared.get()).isEqualTo(LoginThrottle.FREE_GUESSES);
	}

	@Test
	void manyNamesNeedLittleMemory() {
		long before = liveHeap();
		for (int i = 0; i < 100_000; i++) {
			guess("a-name-that-is-as-long-as-a-name-may-be-at-the-most-" + i,
					"10.0." + (i / 250 % 250) + "." + i % 250);
		}
		assertThat(liveHeap() - before).isLessThan(5_000_000);
		assertThat(this.throttle.compare("ana", "10.0.0.1", false, () -> "in")).isEqualTo("in");
	}

	@Test
	void comparisonsTakeHalfOfTheCores() throws Exception {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		List<Future<?>> all = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			String source = "10.0.0." + i;
			all.add(this.clients.submit(() -> this.throttle.compare("ana", source, false, () -> {
				most.accumulateAndGet(running.incrementAndGet(), Math::max);
				pause();
				return running.decrementAndGet();
			})));
		}
		for (Future<?> each : all) {
			each.get(30, TimeUnit.SECONDS);
		}
		assertThat(most.get()).isEqualTo(HALF_OF_THE_CORES);
	}

	/**
	 * Ninety addresses have guessed before and wait again; then a teacher comes from an
	 * address that has not guessed, and is served next.
	 */
	@Test
	void sourceThatHasGuessedLeastIsServedFirst() throws Exception {
		for (int i = 0; i < 60; i++) {
			guess("ana", "10.0.0." + i);
		}
		CountDownLatch end = new CountDownLatch(1);
		for (int i = 0; i < HALF_OF_THE_CORES; i++) {
			occupyTurn(end);
		}
		List<String> served = java.util.Collections.synchronizedList(new ArrayList<>());
		List<Future<?>> all = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			String source = "10.0.0." + i;
			all.add(this.clients.submit(() -> this.throttle.compare("rui", source, false, () -> served.add("guess"))));
		}
		Thread.sleep(200);
		all.add(this.clients
			.submit(() -> this.throttle.compare("rui", "10.1.1.1", false, () -> served.add("teacher"))));
		Thread.sleep(200);
		all.add(this.clients.submit(() -> this.throttle.compare("rui", "device", true, () -> served.add("device"))));
		Thread.sleep(200);
		end.countDown();
		for (Future<?> each : all) {
			each.get(30, TimeUnit.SECONDS);
		}
		assertThat(served).startsWith("device", "teacher", "guess");
	}

	private void occupyTurn(CountDownLatch end) throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		this.clients.submit(() -> this.throttle.compare("head", "10.2.2.2", false, () -> {
			begun.countDown();
			return await(end);
		}));
		begun.await();
	}

	private void guess(String account, String source) {
		Supplier<Object> wrong = () -> {
			this.compared.incrementAndGet();
			throw new BadCredentialsException("wrong");
		};
		try {
			this.throttle.compare(account, source, false, wrong);
		}
		catch (AuthenticationException ex) {
			// Wrong, or not compared.
		}
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

	private static void pause() {
		try {
			Thread.sleep(20);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static long liveHeap() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

}
