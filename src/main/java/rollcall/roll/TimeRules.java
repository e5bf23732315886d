package rollcall.roll;

import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import rollcall.problem.Problems;

/**
 * Decides about the times of open rolls. The deadline is decided inside the transaction,
 * before its changes: so no change takes effect at the deadline or after it, whichever
 * node notices the deadline first.
 */
final class TimeRules {

	private final BatchStore store;

	private final List<RollEvent> events;

	/**
	 * Creates the rules for one transaction.
	 * @param store the transaction's view of the database
	 * @param events receives the events in order
	 */
	TimeRules(BatchStore store, List<RollEvent> events) {
		this.store = store;
		this.events = events;
	}

	/**
	 * Ends the rolls whose deadline has come.
	 * @param rolls the open rolls of the transaction, from which they are removed
	 * @param now the time of the transaction, epoch milliseconds
	 */
	void endOverdue(Collection<OpenRow> rolls, long now) throws StoreException {
		for (Iterator<OpenRow> each = rolls.iterator(); each.hasNext();) {
			OpenRow roll = each.next();
			if (roll.times().isOver(roll.notBefore(now))) {
				Instant endsAt = Objects.requireNonNull(roll.times().endsAt());
				this.store.expire(roll, endsAt.toEpochMilli());
				this.events.add(RollEvent.ended(roll.classId(), roll.rollId(), roll.lastSeq(), endsAt));
				each.remove();
			}
		}
	}

	/**
	 * Changes the times of a roll. The new deadline must not have come already.
	 * @param roll the open roll, which the teacher may use
	 * @param now the time of the transaction, epoch milliseconds
	 * @param full whether the roll has the maximum number of students
	 */
	void change(TimesChange change, OpenRow roll, long now, boolean full) throws StoreException {
		RollTimes times = change.times().change(roll.times(), roll.startedAt());
		if (times.isOver(roll.notBefore(now))) {
			change.refuse(Problems.invalid(List.of("endsAfter")));
			return;
		}
		if (!times.equals(roll.times())) {
			roll.change(times, now);
			this.store.setTimes(roll);
			this.events.add(RollEvent.changed(roll.classId(), roll.rollId(), roll.lastSeq(),
					Instant.ofEpochMilli(roll.lastAt()), times));
		}
		change.decide(new RollState(roll.classId(), roll.rollId(), Instant.ofEpochMilli(roll.startedAt()),
				times.lateAt(), times.endsAt(), RollEvent.topicOf(roll.rollId()), roll.lastSeq(), full ? true : null));
	}

}
