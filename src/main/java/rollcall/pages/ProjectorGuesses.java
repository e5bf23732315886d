package rollcall.pages;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.roll.ProjectorToken;

import org.springframework.stereotype.Component;

/**
 * Limits how many wrong addresses of the projector's page one network can try:
 * {@value #FREE_GUESSES} at once, then one each second. Others are refused before they
 * are looked up, because the answer itself tells whether an address is right. A network
 * that has opened a right address goes on to read it, however many wrong ones it tries.
 * Each node of a cluster counts separately.
 */
@Component
class ProjectorGuesses {

	static final int FREE_GUESSES = 60;

	private static final Duration GUESS_INTERVAL = Duration.ofSeconds(1);

	private static final int MAX_ENTRIES = 10_000;

	/** A page asks every few seconds, and again soon after a lost connection. */
	private static final Duration OPENED_FOR = Duration.ofHours(1);

	private final Cache<String, Bucket> guesses = Caffeine.newBuilder()
		.maximumSize(MAX_ENTRIES)
		.expireAfterAccess(GUESS_INTERVAL.multipliedBy(FREE_GUESSES))
		.build();

	private final Cache<Opened, Boolean> opened = Caffeine.newBuilder()
		.maximumSize(MAX_ENTRIES)
		.expireAfterAccess(OPENED_FOR)
		.build();

	private final TimeMeter clock;

	ProjectorGuesses() {
		this(TimeMeter.SYSTEM_NANOTIME);
	}

	ProjectorGuesses(TimeMeter clock) {
		this.clock = clock;
	}

	/**
	 * Looks up an address if the limit allows it.
	 * @param <T> the type of the result
	 * @param network the network of the client
	 * @param token the token of the address
	 * @param lookup looks up the address; the result is empty if it is wrong
	 * @return the result of the lookup
	 * @throws TooManyGuessesException if the address was not looked up
	 */
	<T> Optional<T> read(String network, ProjectorToken token, Function<ProjectorToken, Optional<T>> lookup) {
		Opened pair = new Opened(network, token);
		boolean known = this.opened.getIfPresent(pair) != null;
		Bucket bucket = this.guesses.get(network, (key) -> bucket());
		if (!known) {
			ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
			if (!probe.isConsumed()) {
				throw new TooManyGuessesException(Duration.ofNanos(probe.getNanosToWaitForRefill()));
			}
		}
		Optional<T> result = lookup.apply(token);
		if (result.isEmpty()) {
			this.opened.invalidate(pair);
		}
		else if (!known) {
			bucket.addTokens(1);
			this.opened.put(pair, true);
		}
		return result;
	}

	/**
	 * Without a guess for its refill time, an entry is full again and can be dropped.
	 */
	private Bucket bucket() {
		return Bucket.builder()
			.withCustomTimePrecision(this.clock)
			.addLimit((limit) -> limit.capacity(FREE_GUESSES).refillGreedy(1, GUESS_INTERVAL))
			.build();
	}

	private record Opened(String network, ProjectorToken token) {
	}

	/** The address was not looked up. */
	static final class TooManyGuessesException extends ProblemException {

		private final Duration retryAfter;

		TooManyGuessesException(Duration retryAfter) {
			super(ProblemType.TOO_MANY_GUESSES, Map.of());
			this.retryAfter = retryAfter;
		}

		/** Seconds until the next guess is allowed, rounded up. */
		long retryAfterSeconds() {
			return this.retryAfter.plusMillis(999).toSeconds();
		}

	}

}
