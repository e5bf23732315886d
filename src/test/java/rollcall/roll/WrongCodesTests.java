package rollcall.roll;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import rollcall.Await;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** Only answers to wrong codes wait, and only after too many of them. */
class WrongCodesTests {

	private static final ClassId CLASS = new ClassId(42);

	private static final String ADDRESS = "192.0.2.1";

	private long nanos;

	private final WrongCodes wrongCodes = new WrongCodes(new TimeMeter() {

		@Override
		public long currentTimeNanos() {
			return WrongCodesTests.this.nanos;
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	});

	@Test
	void theFirstWrongCodesOfAnAddressAreAnsweredAtOnce() {
		for (int i = 0; i < WrongCodes.FREE; i++) {
			assertThat(answer("code-wrong", ADDRESS)).isCompleted();
		}
		assertThat(answer("code-wrong", ADDRESS)).isNotDone();
		assertThat(answer("code-wrong", "192.0.2.2")).isCompleted();
	}

	@Test
	void aMachineThatChangesItsAddressInANetworkIsDelayedToo() {
		for (int i = 0; i < WrongCodes.FREE; i++) {
			assertThat(answer("code-wrong", "2001:db8::" + i)).isCompleted();
		}
		assertThat(answer("code-wrong", "2001:db8::ffff:1")).isNotDone();
		assertThat(answer("code-wrong", "2001:db8:0:1::1")).isCompleted();
	}

	@Test
	void noOtherAnswerEverWaits() {
		flood(200);
		for (String reason : List.of("code-missing", "code-expired", "no-open-roll", "roll-full")) {
			assertThat(answer(reason, ADDRESS)).isCompleted();
		}
		assertThat(this.wrongCodes.slow(CLASS, from(ADDRESS),
				CompletableFuture.completedFuture(PresenceReceipt.recorded(42, "a", Instant.EPOCH, false))))
			.isCompleted();
	}

	@Test
	void aFailureIsPassedOnAsItIs() {
		StoreUnavailableException failure = StoreUnavailableException.failed();
		CompletableFuture<PresenceReceipt> slowed = this.wrongCodes.slow(CLASS, from(ADDRESS),
				CompletableFuture.failedFuture(failure));
		List<Throwable> passed = new ArrayList<>();
		slowed.whenComplete((answer, thrown) -> passed.add(thrown));
		assertThat(passed).containsExactly(failure);
	}

	@Test
	void aWrongCodeThatWaitsIsAnsweredLater() {
		List<CompletableFuture<PresenceReceipt>> answers = flood(WrongCodes.FREE + 1);
		CompletableFuture<PresenceReceipt> last = answers.get(WrongCodes.FREE);
		assertThat(last).isNotDone();
		Await.until("the answer is sent", last::isDone);
		assertThat(last.join().reason()).isEqualTo("code-wrong");
	}

	@Test
	void theDelayAfterAFloodIsBounded() {
		flood(200);
		assertThat(answer("code-wrong", ADDRESS)).isNotDone();
		this.nanos += Duration.ofMillis(WrongCodes.LONGEST_DELAY_MS + 1_000).toNanos();
		assertThat(answer("code-wrong", ADDRESS)).isCompleted();
	}

	@Test
	void aFloodFromManyConnectionsIsDelayedToo() {
		List<CompletableFuture<PresenceReceipt>> answers = flood(3_000);
		assertThat(answers.get(answers.size() - 1)).isNotDone();
	}

	private List<CompletableFuture<PresenceReceipt>> flood(int count) {
		List<CompletableFuture<PresenceReceipt>> answers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			answers.add(answer("code-wrong", ADDRESS));
		}
		return answers;
	}

	private static HttpServletRequest from(String address) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr(address);
		return request;
	}

	private CompletableFuture<PresenceReceipt> answer(String reason, String address) {
		return this.wrongCodes.slow(CLASS, from(address),
				CompletableFuture.completedFuture(PresenceReceipt.refused("a", Instant.EPOCH, reason)));
	}

}
