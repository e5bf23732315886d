package rollcall.access;

import java.time.Duration;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

import org.springframework.security.core.AuthenticationException;

/**
 * Limits how many passwords are compared. For one account from one source the first
 * {@value #FREE_GUESSES} attempts are compared, then one in {@value #GUESS_INTERVAL_S}
 * seconds; every other attempt is refused before any work is done. Attempts come back
 * with time alone, so that no failure can keep one. Each node of a cluster counts for
 * itself.
 */
class LoginThrottle {

	static final int FREE_GUESSES = 5;

	static final int GUESS_INTERVAL_S = 5;

	/** The attempts that count against a source. */
	private static final int SOURCE_CREDIT = 60;

	/**
	 * The time after which one of them is forgiven: longer than a source waits for its
	 * share of the turns in a flood, so that guessers stay behind.
	 */
	private static final int FORGIVEN_AFTER_S = 60;

	/** A few hundred bytes each. */
	private static final int MAX_ENTRIES = 2_000;

	private static final Duration BUSY_RETRY = Duration.ofSeconds(2);

	private final Cache<String, Bucket> guesses = bucketsFor(Duration.ofSeconds(FREE_GUESSES * GUESS_INTERVAL_S));

	private final Cache<String, Bucket> sources = bucketsFor(Duration.ofSeconds(SOURCE_CREDIT * FORGIVEN_AFTER_S));

	private final ComparisonTurns turns = new ComparisonTurns(Runtime.getRuntime().availableProcessors());

	/**
	 * Compares a password if the limits allow it.
	 * @param <T> the type of the result
	 * @param account the name of the account, which may not exist
	 * @param source an address, or a device that is known for this account
	 * @param known whether the source is such a device, which is served first
	 * @param comparison compares the password, and throws an
	 * {@link AuthenticationException} if it is wrong
	 * @return the result of the comparison
	 * @throws TooManyLoginsException if the attempt is refused; nothing was compared then
	 */
	<T> T compare(String account, String source, boolean known, Supplier<T> comparison) {
		Bucket credit = this.sources.get(source, (key) -> bucket(SOURCE_CREDIT, FORGIVEN_AFTER_S));
		long rank = known ? Long.MAX_VALUE : credit.getAvailableTokens();
		credit.tryConsume(1);
		Bucket guess = this.guesses.get(source + '\n' + account, (key) -> bucket(FREE_GUESSES, GUESS_INTERVAL_S));
		ConsumptionProbe probe = guess.tryConsumeAndReturnRemaining(1);
		if (!probe.isConsumed()) {
			throw new TooManyLoginsException(Duration.ofNanos(probe.getNanosToWaitForRefill()));
		}
		if (!this.turns.take(rank)) {
			guess.addTokens(1);
			throw new TooManyLoginsException(BUSY_RETRY);
		}
		try {
			T result = comparison.get();
			credit.addTokens(1);
			guess.reset();
			return result;
		}
		finally {
			this.turns.giveBack();
		}
	}

	/** An entry that nobody has used for this time is as good as new. */
	private static Cache<String, Bucket> bucketsFor(Duration refillTime) {
		return Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterAccess(refillTime).build();
	}

	private static Bucket bucket(long capacity, long refillSeconds) {
		return Bucket.builder()
			.addLimit((limit) -> limit.capacity(capacity).refillGreedy(1, Duration.ofSeconds(refillSeconds)))
			.build();
	}

	/** The attempt is refused; the password was not compared. */
	static final class TooManyLoginsException extends AuthenticationException {

		private final Duration retryAfter;

		TooManyLoginsException(Duration retryAfter) {
			super("Too many logins");
			this.retryAfter = retryAfter;
		}

		/** The time after which an attempt is compared again, in whole seconds. */
		long retryAfterSeconds() {
			return this.retryAfter.plusMillis(999).toSeconds();
		}

	}

}
