package rollcall.access;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rollcall.Await;
import rollcall.access.LoginThrottle.TooManyLoginsException;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The limits without a server and without bcrypt, on a clock of the test. */
class LoginThrottleTests {

	private final AtomicLong now = new AtomicLong();

	private final PrioritySemaphore comparisons = new PrioritySemaphore(1);

	private final LoginThrottle throttle = new LoginThrottle(this.comparisons, new TimeMeter() {

		@Override
		public long currentTimeNanos() {
			return LoginThrottleTests.this.now.get();
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	});

	private final AtomicInteger compared = new AtomicInteger();

	private final ExecutorService clients = Executors.newCachedThreadPool();

	@AfterEach
	void close() {
		this.clients.shutdownNow();
	}

	@Test
	void onlyFreeGuessesAreCompared() {
		for (int i = 0; i < 200; i++) {
			guess("ana", "10.0.0.1");
		}
		assertThat(this.compared.get()).isEqualTo(LoginThrottle.FREE_GUESSES);
		assertThatExceptionOfType(TooManyLoginsException.class)
			.isThrownBy(() -> this.throttle.compare("ana", "10.0.0.1", false, () -> true))
			.satisfies((refusal) -> assertThat(refusal.retryAfterSeconds()).isEqualTo(LoginThrottle.GUESS_INTERVAL_S));
	}

	@Test
	void timeGivesGuessesBack() {
		for (int i = 0; i < 200; i++) {
			guess("ana", "10.0.0.1");
		}
		this.compared.set(0);
		this.now.addAndGet(TimeUnit.SECONDS.toNanos(LoginThrottle.GUESS_INTERVAL_S) - 1);
		guess("ana", "10.0.0.1");
		assertThat(this.compared.get()).isZero();
		this.now.incrementAndGet();
		guess("ana", "10.0.0.1");
		guess("ana", "10.0.0.1");
		assertThat(this.compared.get()).isEqualTo(1);
	}

	@Test
	void guessesFromOneSourceDelayNoOtherSourceAndNoOtherAccount() {
		for (int i = 0; i < 200; i++) {
			guess("ana", "10.0.0.1");
		}
		assertThat(this.throttle.compare("ana", "10.0.0.2", false, () -> "in")).isEqualTo("in");
		assertThat(this.throttle.compare("rui", "10.0.0.1", false, () -> "in")).isEqualTo("in");
	}

	@Test
	void rightPasswordGivesAllFreeGuessesBack() {
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
	void onlyTheAllowedNumberOfComparisonsRunsAtTheSameTime() throws Exception {
		PrioritySemaphore two = new PrioritySemaphore(2);
		LoginThrottle throttle = new LoginThrottle(two, TimeMeter.SYSTEM_NANOTIME);
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch end = new CountDownLatch(1);
		List<Future<?>> all = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			String source = "10.0.0." + i;
			all.add(this.clients.submit(() -> throttle.compare("ana", source, false, () -> {
				most.accumulateAndGet(running.incrementAndGet(), Math::max);
				await(end);
				return running.decrementAndGet();
			})));
		}
		Await.until("the others wait", () -> two.queueLength() == 28);
		end.countDown();
		for (Future<?> each : all) {
			each.get(60, TimeUnit.SECONDS);
		}
		assertThat(most.get()).isEqualTo(2);
	}

	/**
	 * Sixty addresses have sent wrong passwords before and wait again. Then a teacher
	 * logs in from a new address, and another one in a known browser.
	 */
	@Test
	void sourceWithTheFewestWrongPasswordsIsServedFirst() throws Exception {
		for (int i = 0; i < 60; i++) {
			guess("ana", "10.0.0." + i);
		}
		CountDownLatch end = new CountDownLatch(1);
		occupyPermit(end);
		List<String> served = java.util.Collections.synchronizedList(new ArrayList<>());
		List<Future<?>> all = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			String source = "10.0.0." + i;
			all.add(this.clients.submit(() -> this.throttle.compare("rui", source, false, () -> served.add("guess"))));
		}
		Await.until("60 wait", () -> this.comparisons.queueLength() == 60);
		all.add(this.clients
			.submit(() -> this.throttle.compare("rui", "10.1.1.1", false, () -> served.add("teacher"))));
		Await.until("61 wait", () -> this.comparisons.queueLength() == 61);
		all.add(this.clients.submit(() -> this.throttle.compare("rui", "device", true, () -> served.add("device"))));
		Await.until("62 wait", () -> this.comparisons.queueLength() == 62);
		end.countDown();
		for (Future<?> each : all) {
			each.get(60, TimeUnit.SECONDS);
		}
		assertThat(served).startsWith("device", "teacher", "guess");
	}

	private void occupyPermit(CountDownLatch end) throws InterruptedException {
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
			// Wrong or refused.
		}
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			return false;
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
