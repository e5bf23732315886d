package rollcall.roll;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Decides about the students of open rolls: who is recorded, and what the teacher's marks
 * change. A removed student stays removed, however often the student repeats the request.
 */
final class StudentRules {

	private final BatchStore store;

	private final int maxStudents;

	private final RollCodes codes;

	private final List<RollEvent> events;

	private final Map<Long, Long> withoutRoll = new TreeMap<>();

	private int newPresences;

	/**
	 * Creates the rules for one transaction.
	 * @param store the transaction's view of the database
	 * @param maxStudents the maximum number of students of one roll
	 * @param codes the computed codes of the rolls in use
	 * @param events receives the events in order
	 */
	StudentRules(BatchStore store, int maxStudents, RollCodes codes, List<RollEvent> events) {
		this.store = store;
		this.maxStudents = maxStudents;
		this.codes = codes;
		this.events = events;
	}

	/** The number of students who were recorded by their own request. */
	int newPresences() {
		return this.newPresences;
	}

	boolean isFull(OpenRow roll) {
		return roll.size() >= this.maxStudents;
	}

	/** The number of presences by class that found no open roll. */
	Map<Long, Long> withoutRoll() {
		return this.withoutRoll;
	}

	/**
	 * Records a student.
	 * @param roll the open roll of the class; null if there is none
	 * @param now the time of the transaction, epoch milliseconds
	 * @param askedNanos when this node asked the store for that time
	 * @param toldNanos when the store had answered
	 */
	void record(Change.Arrival arrival, @Nullable OpenRow roll, long now, long askedNanos, long toldNanos) {
		if (roll == null) {
			this.withoutRoll.merge(arrival.classId(), 1L, Long::sum);
			refuse(arrival, now, PresenceReceipt.NO_OPEN_ROLL);
			return;
		}
		StudentRow student = roll.student(arrival.studentId());
		if (roll.options().code()) {
			boolean recorded = student != null;
			String refusal = refusal(arrival, roll, now, toldNanos, recorded);
			if (refusal != null) {
				refusal = refusal(arrival, roll, now, askedNanos, recorded);
			}
			if (refusal != null) {
				refuse(arrival, now, refusal);
				return;
			}
		}
		if (student == null) {
			if (isFull(roll)) {
				refuse(arrival, now, PresenceReceipt.ROLL_FULL);
				return;
			}
			this.newPresences++;
			student = roll.add(arrival.studentId(), now);
			publish(roll, student);
		}
		if (student.counts()) {
			arrival.decide(PresenceReceipt.recorded(roll.classId(), student.studentId(),
					Instant.ofEpochMilli(student.at()), student.isLate(roll.options())));
		}
		else {
			refuse(arrival, now, PresenceReceipt.REMOVED_BY_TEACHER);
		}
	}

	/**
	 * The reason for refusing the code. It is judged at the time at which the request
	 * arrived. A store that stands still may tell its time early or late in the query, so
	 * the caller asks for both ends of the query.
	 * @param nowNanos an instant at which it may have been {@code now}
	 */
	private @Nullable String refusal(Change.Arrival arrival, OpenRow roll, long now, long nowNanos, boolean recorded) {
		long arrivedAt = now - TimeUnit.NANOSECONDS.toMillis(Math.max(0, nowNanos - arrival.createdNanos()));
		return this.codes.refusal(roll, arrival.code(), arrivedAt, now, recorded);
	}

	/**
	 * Gives a student a status. The same status again changes nothing.
	 * @param roll the open roll, which the teacher may use
	 * @param now the time of the transaction, epoch milliseconds
	 */
	void mark(Change.Mark mark, OpenRow roll, long now) throws StoreException {
		StudentRow student = roll.student(mark.studentId());
		if (student == null && isFull(roll)) {
			mark.refuse(RollRefusals.rollFull(mark.classId()));
			return;
		}
		if (student == null || student.mark() != mark.status()) {
			student = roll.mark(mark.studentId(), mark.status(), now);
			this.store.mark(roll, student);
			publish(roll, student);
		}
		mark.decide(student.shown(roll.options()));
	}

	private void publish(OpenRow roll, StudentRow student) {
		this.events.add(RollEvent.ofStudent(roll.classId(), roll.rollId(), student.shown(roll.options())));
	}

	private static void refuse(Change.Arrival arrival, long now, String reason) {
		arrival.decide(PresenceReceipt.refused(arrival.studentId(), Instant.ofEpochMilli(now), reason));
	}

}
