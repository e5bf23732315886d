package rollcall.roll;

import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import rollcall.problem.Problems;

/**
 * Decides about the options of open rolls. The deadline is decided inside the
 * transaction, before its changes: so no change takes effect at the deadline or after it,
 * whichever node notices the deadline first.
 */
final class OptionRules {

	private final BatchStore store;

	private final List<RollEvent> events;

	/**
	 * Creates the rules for one transaction.
	 * @param store the transaction's view of the database
	 * @param events receives the events in order
	 */
	OptionRules(BatchStore store, List<RollEvent> events) {
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
			if (roll.options().isOver(roll.notBefore(now))) {
				Instant endsAt = Objects.requireNonNull(roll.options().endsAt());
				this.store.expire(roll, endsAt.toEpochMilli());
				this.events.add(RollEvent.ended(roll.classId(), roll.rollId(), roll.lastSeq(), endsAt));
				each.remove();
			}
		}
	}

	/**
	 * Changes the options of a roll. The new deadline must not have come already.
	 * @param roll the open roll, which the teacher may use
	 * @param now the time of the transaction, epoch milliseconds
	 * @param full whether the roll has the maximum number of students
	 */
	void change(OptionsChange change, OpenRow roll, long now, boolean full) throws StoreException {
		RollOptions options = change.options().change(roll.options(), roll.startedAt());
		if (options.isOver(roll.notBefore(now))) {
			change.refuse(Problems.invalid(List.of("endsAfter")));
			return;
		}
		if (!options.equals(roll.options())) {
			roll.change(options, now);
			this.store.setOptions(roll);
			this.events.add(RollEvent.changed(roll.classId(), roll.rollId(), roll.lastSeq(),
					Instant.ofEpochMilli(roll.lastAt()), options));
		}
		change.decide(new RollState(roll.classId(), roll.rollId(), Instant.ofEpochMilli(roll.startedAt()),
				options.lateAt(), options.endsAt(), options.shownCode(), RollEvent.topicOf(roll.rollId()),
				roll.lastSeq(), full ? true : null));
	}

}
