package rollcall.roll;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Delays the answers to wrong codes. From one {@link ClientNetwork network},
 * {@value #FREE} wrong codes for one class are answered at once, then
 * {@value #PER_SECOND} a second; each answer waits at most {@value #LONGEST_DELAY_MS} ms.
 * A right code is never delayed, also from the same network, because a class often shares
 * one. There is no limit for each student id: with it, classmates could lock each other
 * out. Each node of a cluster counts separately.
 */
@Component
class WrongCodes {

	static final int FREE = 20;

	static final int PER_SECOND = 5;

	/**
	 * Shorter than the time after which the proxy of a cluster takes a node for dead.
	 * Otherwise wrong codes could take all nodes out of service.
	 */
	static final int LONGEST_DELAY_MS = 1_000;

	/** Limit of the cache; an entry takes a few hundred bytes. */
	private static final int MAX_ENTRIES = 10_000;

	private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
		.maximumSize(MAX_ENTRIES)
		.expireAfterAccess(Duration.ofMinutes(1))
		.build();

	private final TimeMeter clock;

	WrongCodes(TimeMeter clock) {
		this.clock = clock;
	}

	@Autowired
	WrongCodes() {
		this(TimeMeter.SYSTEM_NANOTIME);
	}

	/**
	 * Delays the answer if the code was wrong and too many were before it. No thread
	 * waits, and each waiting answer holds a connection, whose number is bounded.
	 * @param classId the class of the presence
	 * @param request the student's request
	 * @param receipt the answer
	 * @return the same answer, perhaps later
	 */
	CompletableFuture<PresenceReceipt> slow(ClassId classId, HttpServletRequest request,
			CompletableFuture<PresenceReceipt> receipt) {
		String network = ClientNetwork.of(request);
		CompletableFuture<PresenceReceipt> slowed = new CompletableFuture<>();
		receipt.whenComplete((answer, failure) -> {
			if (failure != null) {
				slowed.completeExceptionally(failure);
				return;
			}
			long delay = PresenceReceipt.CODE_WRONG.equals(answer.reason()) ? delayNanos(classId, network) : 0;
			if (delay > 0) {
				slowed.completeOnTimeout(answer, delay, TimeUnit.NANOSECONDS);
			}
			else {
				slowed.complete(answer);
			}
		});
		return slowed;
	}

	/** Counts a wrong code. The debt of a flood is bounded, so that it ends soon. */
	private long delayNanos(ClassId classId, String network) {
		Bucket bucket = this.buckets.get(classId.value() + " " + network, (key) -> bucket());
		if (bucket.getAvailableTokens() <= -LONGEST_DELAY_MS * PER_SECOND / 1_000) {
			return TimeUnit.MILLISECONDS.toNanos(LONGEST_DELAY_MS);
		}
		return bucket.consumeIgnoringRateLimits(1);
	}

	private Bucket bucket() {
		return Bucket.builder()
			.withCustomTimePrecision(this.clock)
			.addLimit((limit) -> limit.capacity(FREE).refillGreedy(PER_SECOND, Duration.ofSeconds(1)))
			.build();
	}

}
