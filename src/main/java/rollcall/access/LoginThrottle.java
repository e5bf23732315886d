package rollcall.access;

import java.time.Duration;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;

import org.springframework.security.core.AuthenticationException;

/**
 * Limits how many passwords are compared. For one account from one source it allows
 * {@value #FREE_GUESSES} attempts at once, then one in {@value #GUESS_INTERVAL_S}
 * seconds, and refuses all others before any work. A right password gives all attempts
 * back. Among the waiting attempts, the one whose source has sent the fewest wrong
 * passwords is served first, so a flood delays other sources by one comparison. Each node
 * of a cluster counts separately.
 */
class LoginThrottle {

	static final int FREE_GUESSES = 5;

	static final int GUESS_INTERVAL_S = 5;

	/**
	 * The credit of a source, which is its priority. Each wrong or refused attempt takes
	 * one away.
	 */
	private static final int SOURCE_CREDIT = 60;

	/**
	 * Seconds after which a source regains one credit. A source of a flood waits less
	 * than that between two comparisons, so its priority stays low.
	 */
	private static final int REGAINED_AFTER_S = 60;

	/** Limit of each cache; an entry takes a few hundred bytes. */
	private static final int MAX_ENTRIES = 2_000;

	private static final Duration BUSY_RETRY = Duration.ofSeconds(2);

	private final Cache<String, Bucket> guesses = bucketsFor(Duration.ofSeconds(FREE_GUESSES * GUESS_INTERVAL_S));

	private final Cache<String, Bucket> sources = bucketsFor(Duration.ofSeconds(SOURCE_CREDIT * REGAINED_AFTER_S));

	private final PrioritySemaphore comparisons;

	private final TimeMeter clock;

	LoginThrottle(PrioritySemaphore comparisons, TimeMeter clock) {
		this.comparisons = comparisons;
		this.clock = clock;
	}

	/**
	 * Compares a password if the limits allow it.
	 * @param <T> the type of the result
	 * @param account the name of the account, which may not exist
	 * @param source a network, or a device in which this account has logged in
	 * @param known whether the source is such a device, which has the highest priority
	 * @param comparison compares the password, and throws an
	 * {@link AuthenticationException} if it is wrong
	 * @return the result of the comparison
	 * @throws TooManyLoginsException if the attempt is refused; nothing was compared then
	 */
	<T> T compare(String account, String source, boolean known, Supplier<T> comparison) {
		Bucket credit = this.sources.get(source, (key) -> bucket(SOURCE_CREDIT, REGAINED_AFTER_S));
		long priority = known ? Long.MAX_VALUE : credit.getAvailableTokens();
		credit.tryConsume(1);
		Bucket guess = this.guesses.get(source + '\n' + account, (key) -> bucket(FREE_GUESSES, GUESS_INTERVAL_S));
		ConsumptionProbe probe = guess.tryConsumeAndReturnRemaining(1);
		if (!probe.isConsumed()) {
			throw new TooManyLoginsException(Duration.ofNanos(probe.getNanosToWaitForRefill()));
		}
		if (!this.comparisons.tryAcquire(priority)) {
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
			this.comparisons.release();
		}
	}

	/**
	 * Without an attempt for its refill time, an entry is full again and can be dropped.
	 */
	private static Cache<String, Bucket> bucketsFor(Duration refillTime) {
		return Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterAccess(refillTime).build();
	}

	private Bucket bucket(long capacity, long refillSeconds) {
		return Bucket.builder()
			.withCustomTimePrecision(this.clock)
			.addLimit((limit) -> limit.capacity(capacity).refillGreedy(1, Duration.ofSeconds(refillSeconds)))
			.build();
	}

	/** The attempt was refused, and the password was not compared. */
	static final class TooManyLoginsException extends AuthenticationException {

		private final Duration retryAfter;

		TooManyLoginsException(Duration retryAfter) {
			super("Too many logins");
			this.retryAfter = retryAfter;
		}

		/** Seconds until the next attempt is allowed, rounded up. */
		long retryAfterSeconds() {
			return this.retryAfter.plusMillis(999).toSeconds();
		}

	}

}
