package rollcall.proof;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The requests that set one value of a roll, such as the status of a student. It knows
 * which values can have been in force during another request: real time orders two
 * requests only if one was answered before the other was sent.
 *
 * @param <V> the type of the value
 */
final class Writes<V> {

	private final List<V> initial;

	private final List<Write<V>> writes = new ArrayList<>();

	/**
	 * Creates a value that nobody has set yet.
	 * @param initial the possible values at the start of the roll
	 */
	Writes(List<V> initial) {
		this.initial = initial;
	}

	/** Adds a request that was answered with success, or that was not answered. */
	void add(Call call, V value) {
		this.writes.add(new Write<>(call, value));
	}

	/** The possible values between two instants of {@link System#nanoTime()}. */
	Set<V> between(long from, long to) {
		Set<V> values = new LinkedHashSet<>();
		if (this.writes.stream().noneMatch((write) -> write.isOverBefore(from))) {
			values.addAll(this.initial);
		}
		for (Write<V> write : this.writes) {
			if (write.call.invoked() < to && this.writes.stream().noneMatch((later) -> later.replaces(write, from))) {
				values.add(write.value);
			}
		}
		return values;
	}

	Set<V> during(Call call) {
		return between(call.invoked(), call.completed());
	}

	/** The possible values at the end of the roll. */
	Set<V> last() {
		return between(Long.MAX_VALUE, Long.MAX_VALUE);
	}

	/** All values that the value may ever have had. */
	Set<V> ever() {
		Set<V> values = new LinkedHashSet<>(this.initial);
		this.writes.forEach((write) -> values.add(write.value));
		return values;
	}

	/** The time at which the first request with such a value was sent. */
	long firstInvoked(Predicate<V> which) {
		return this.writes.stream()
			.filter((write) -> which.test(write.value))
			.mapToLong((write) -> write.call.invoked())
			.min()
			.orElse(Long.MAX_VALUE);
	}

	/** The requests without an answer, which may have taken effect at any later time. */
	long unanswered() {
		return this.writes.stream().filter((write) -> write.call.unanswered()).count();
	}

	/** One request with the value that it sets. */
	private record Write<V>(Call call, V value) {

		private boolean isOverBefore(long instant) {
			return !this.call.unanswered() && this.call.completed() < instant;
		}

		private boolean replaces(Write<V> earlier, long instant) {
			return earlier.isOverBefore(this.call.invoked()) && isOverBefore(instant);
		}

	}

}
