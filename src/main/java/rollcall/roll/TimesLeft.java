package rollcall.roll;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How long the students of an open roll still have to answer, counted from the answer. It
 * has no time of day, because the clock of a phone may differ from the server's.
 *
 * @param lateInMs milliseconds until who answers is late, 0 if that time has come; null,
 * and absent from the JSON, if nobody is late
 * @param endsInMs milliseconds until the deadline, 0 if it has come; null, and absent
 * from the JSON, if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimesLeft(@Nullable Long lateInMs, @Nullable Long endsInMs) {

	/**
	 * The times that are left.
	 * @param now the store's time, epoch milliseconds
	 * @param options the options of the roll
	 */
	static TimesLeft at(long now, RollOptions options) {
		return new TimesLeft((options.lateAt() != null) ? left(now, options.lateAt().toEpochMilli()) : null,
				(options.endsAt() != null) ? left(now, options.endsAt().toEpochMilli()) : null);
	}

	private static long left(long now, long until) {
		return Math.max(0, until - now);
	}

	boolean isNone() {
		return this.lateInMs == null && this.endsInMs == null;
	}

}
