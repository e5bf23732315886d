package rollcall.pages;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Test;
import rollcall.pages.ProjectorGuesses.TooManyGuessesException;
import rollcall.problem.ProblemType;
import rollcall.roll.ProjectorToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The limit on wrong addresses of the projector's page. */
class ProjectorGuessesTests {

	private static final ProjectorToken RIGHT = new ProjectorToken("BCDFGHJK");

	private static final ProjectorToken WRONG = new ProjectorToken("ZZZZZZZZ");

	private final AtomicLong nanos = new AtomicLong();

	private final AtomicInteger lookups = new AtomicInteger();

	private final ProjectorGuesses guesses = new ProjectorGuesses(new TimeMeter() {
		@Override
		public long currentTimeNanos() {
			return ProjectorGuessesTests.this.nanos.get();
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}
	});

	private boolean open = true;

	@Test
	void afterManyWrongAddressesOneASecondIsLookedUp() {
		flood("a");
		assertThat(this.lookups).hasValue(ProjectorGuesses.FREE_GUESSES);
		assertThatExceptionOfType(TooManyGuessesException.class).isThrownBy(() -> read("a", WRONG))
			.satisfies((refusal) -> {
				assertThat(refusal.type()).isEqualTo(ProblemType.TOO_MANY_GUESSES);
				assertThat(refusal.retryAfterSeconds()).isEqualTo(1);
			});
		this.nanos.addAndGet(Duration.ofSeconds(10).toNanos());
		for (int i = 0; i < 10; i++) {
			assertThat(read("a", WRONG)).isEmpty();
		}
		assertThatExceptionOfType(TooManyGuessesException.class).isThrownBy(() -> read("a", WRONG));
		assertThat(this.lookups).hasValue(ProjectorGuesses.FREE_GUESSES + 10);
	}

	@Test
	void aNewRightAddressWaitsForItsTurnInAFlood() {
		flood("a");
		assertThatExceptionOfType(TooManyGuessesException.class).isThrownBy(() -> read("a", RIGHT));
		this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
		assertThat(read("a", RIGHT)).isPresent();
	}

	@Test
	void aPageThatWasOpenedBeforeIsNeverRefused() {
		read("a", RIGHT);
		flood("a");
		for (int i = 0; i < 1_000; i++) {
			assertThat(read("a", RIGHT)).isPresent();
		}
	}

	@Test
	void aFloodDoesNotRefuseAnotherNetwork() {
		read("a", RIGHT);
		flood("b");
		assertThat(read("c", RIGHT)).isPresent();
		assertThat(read("c", WRONG)).isEmpty();
		assertThatExceptionOfType(TooManyGuessesException.class).isThrownBy(() -> read("b", RIGHT));
	}

	@Test
	void rightAddressesUseUpNothing() {
		for (int i = 0; i < 1_000; i++) {
			assertThat(read("a", RIGHT)).isPresent();
		}
		for (int i = 0; i < ProjectorGuesses.FREE_GUESSES; i++) {
			assertThat(read("a", WRONG)).isEmpty();
		}
	}

	@Test
	void anAddressThatIsNotValidAnyMoreCountsAsWrong() {
		read("a", RIGHT);
		this.open = false;
		assertThat(read("a", RIGHT)).isEmpty();
		for (int i = 0; i < ProjectorGuesses.FREE_GUESSES; i++) {
			assertThat(read("a", RIGHT)).isEmpty();
		}
		assertThatExceptionOfType(TooManyGuessesException.class).isThrownBy(() -> read("a", RIGHT));
	}

	private void flood(String network) {
		for (int i = 0; i < ProjectorGuesses.FREE_GUESSES; i++) {
			assertThat(read(network, WRONG)).isEmpty();
		}
	}

	private Optional<String> read(String network, ProjectorToken token) {
		return this.guesses.read(network, token, (asked) -> {
			this.lookups.incrementAndGet();
			return (this.open && asked.equals(RIGHT)) ? Optional.of("roll") : Optional.empty();
		});
	}

}
