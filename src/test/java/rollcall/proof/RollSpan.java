package rollcall.proof;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The facts that a history proves about one roll: the intervals in which it opened and
 * ended, and its sheet. Unknown facts stay unknown, so that a correct server is never
 * reported.
 */
final class RollSpan {

	private static final Set<String> NO_MARK = Set.of("");

	final long classId;

	final String rollId;

	/** The earliest possible time of its start. */
	long openedAfter = Long.MAX_VALUE;

	/** The latest possible time of its start. */
	long openedBefore = Long.MAX_VALUE;

	/** The earliest possible time of its end. */
	long endedAfter = Long.MAX_VALUE;

	/** The latest possible time of its end. */
	long endedBefore = Long.MAX_VALUE;

	/** The latest time at which the server had ended it and its sheet waited. */
	long waitingBefore = Long.MAX_VALUE;

	/** The time at which the first answer with its sheet had arrived. */
	long handedOverBefore = Long.MAX_VALUE;

	/** The time of the first request for its end or its sheet. */
	long askedAfter = Long.MAX_VALUE;

	Call.@Nullable SeenSheet sheet;

	@Nullable Instant startedAt;

	/** The times that its teacher set. */
	Writes<Call.SeenTimes> times = new Writes<>(List.of(Call.SeenTimes.NONE));

	/** Whether a presence needs a code, as its teacher set it. */
	Writes<Boolean> code = new Writes<>(List.of(false));

	/** Its codes that somebody read, by their letters. */
	final Map<String, CodeWindow> codes = new HashMap<>();

	/** The marks of its teacher by student. */
	final Map<String, Writes<String>> marks = new HashMap<>();

	/** The numbers of changes that answers and events named. */
	final Set<Long> numbers = new HashSet<>();

	/** The times of the roll after the change with a number, where they are known. */
	final NavigableMap<Long, Call.SeenTimes> timesAfter = new TreeMap<>();

	private final Map<String, Call.Entry> byStudent = new HashMap<>();

	RollSpan(long classId, String rollId) {
		this.classId = classId;
		this.rollId = rollId;
	}

	void handedOver(Call.SeenSheet sheet) {
		this.sheet = sheet;
		sheet.entries().forEach((entry) -> this.byStudent.putIfAbsent(entry.studentId(), entry));
	}

	Call.@Nullable Entry entryOf(String studentId) {
		return this.byStudent.get(studentId);
	}

	boolean endedByItself() {
		return this.waitingBefore != Long.MAX_VALUE;
	}

	/** Whether it may have had a deadline. */
	boolean hadDeadline() {
		return this.times.ever().stream().anyMatch((times) -> times.endsAt() != null);
	}

	/** Whether the call can have taken effect while this roll was open. */
	boolean canHold(Call call) {
		return call.invoked() < this.endedBefore && (call.unanswered() || call.completed() > this.openedAfter);
	}

	/**
	 * Whether this roll was certainly open during the whole call.
	 */
	boolean surelyOpenDuring(Call call) {
		return this.openedBefore < call.invoked() && call.completed() < this.endedAfter;
	}

	/**
	 * Whether this roll was certainly open during the whole call, whose answer names a
	 * time of the server: before every possible deadline.
	 */
	boolean surelyOpenAt(Instant at, Call call) {
		return surelyOpenDuring(call)
				|| (hadDeadline() && this.openedBefore < call.invoked() && call.completed() < this.askedAfter
						&& this.times.during(call)
							.stream()
							.allMatch((times) -> times.endsAt() == null || at.isBefore(times.endsAt())));
	}

	/** The marks that a student can have had during the call; empty for none. */
	Set<String> marksDuring(Call call, String studentId) {
		Writes<String> writes = this.marks.get(studentId);
		return (writes != null) ? writes.during(call) : NO_MARK;
	}

	/**
	 * The number of changes from one number to another that nothing explains. The number
	 * of a student or of a time is replaced by that of the next change of the same thing.
	 * @param shown the numbers of the rows between them
	 */
	long unexplained(long after, long last, Set<Long> shown) {
		long missing = 0;
		for (long number = after + 1; number <= last; number++) {
			missing += (shown.contains(number) || this.numbers.contains(number)) ? 0 : 1;
		}
		long marked = (this.sheet != null) ? this.sheet.entries().stream().filter(Call.Entry::isMarked).count() : 0;
		long unanswered = this.times.unanswered() + this.code.unanswered()
				+ this.marks.values().stream().mapToLong(Writes::unanswered).sum();
		return Math.max(0, missing - marked - unanswered);
	}

	/**
	 * The times that can have been in force when the change with this number was made.
	 */
	Set<Call.SeenTimes> timesAt(long number) {
		Map.Entry<Long, Call.SeenTimes> known = this.timesAfter.lowerEntry(number);
		return (known != null && this.times.unanswered() == 0) ? Set.of(known.getValue()) : this.times.ever();
	}

	@Override
	public String toString() {
		return "roll " + this.rollId + " of class " + this.classId;
	}

}
