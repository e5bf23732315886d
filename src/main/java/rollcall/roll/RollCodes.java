package rollcall.roll;

import java.time.Duration;
import java.util.Objects;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Decides about the codes that students send with their presences, and keeps the computed
 * codes of the rolls in use. A code is judged at the time at which its request arrived,
 * or at which the student opened the link, so it does not matter how long the request
 * then waits.
 */
@Component
class RollCodes {

	/**
	 * How far the time in a ticket may differ from the store's time: the node that issues
	 * it does not ask the store.
	 */
	private static final long TICKET_TOLERANCE_MS = 1_000;

	private static final int MAX_ROLLS = 10_000;

	private static final Duration KEPT_UNUSED = Duration.ofMinutes(10);

	private final Cache<String, CodeSeries> series = Caffeine.newBuilder()
		.maximumSize(MAX_ROLLS)
		.expireAfterAccess(KEPT_UNUSED)
		.build();

	/** Returns the codes of a roll's key. */
	CodeSeries of(String key) {
		return this.series.get(key, CodeSeries::new);
	}

	/**
	 * Decides whether the code that came with a presence permits it, in a roll that
	 * requires a code. A student who is recorded already may use each earlier code of the
	 * roll, but needs one: otherwise the answers would tell everybody who is present.
	 * @param sent what the student sent
	 * @param arrivedAt when the request arrived, epoch milliseconds of the store's time
	 * @param now the time of the transaction, epoch milliseconds
	 * @param recorded whether the roll has the student already
	 * @return the reason for a refusal; null if the code permits the presence
	 */
	@Nullable String refusal(OpenRow roll, SentCode sent, long arrivedAt, long now, boolean recorded) {
		RollCode code = sent.code();
		if (code == null) {
			return PresenceReceipt.CODE_MISSING;
		}
		CodeSeries codes = of(Objects.requireNonNull(roll.codeKey()));
		if (codes.isValid(code, arrivedAt) || isValidInLink(codes, code, sent.openedAt(), arrivedAt)) {
			return null;
		}
		if (!codes.wasValid(code, roll.startedAt(), roll.notBefore(now))) {
			return PresenceReceipt.CODE_WRONG;
		}
		return recorded ? null : PresenceReceipt.CODE_EXPIRED;
	}

	private static boolean isValidInLink(CodeSeries codes, RollCode code, @Nullable Long openedAt, long arrivedAt) {
		return openedAt != null && openedAt <= arrivedAt + TICKET_TOLERANCE_MS
				&& (codes.isValid(code, openedAt) || codes.isValid(code, openedAt + TICKET_TOLERANCE_MS));
	}

}
