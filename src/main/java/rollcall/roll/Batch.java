package rollcall.roll;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Applies the rules of a roll to the changes of one transaction. It decides the outcome
 * of each change, and collects the events to publish and the rolls to write. It contains
 * no SQL, so that it can be tested without a database. One batch is one attempt: after a
 * conflict a new batch decides the same changes again.
 */
final class Batch {

	/** For how long after a deadline refused presences are counted. */
	private static final Duration COUNTED_AFTER_END = Duration.ofHours(1);

	private final BatchStore store;

	private final StudentRules students;

	private final OptionRules options;

	/** The open rolls by class, as this transaction sees them. */
	private final Map<Long, OpenRow> rolls = new TreeMap<>();

	private final List<RollEvent> events = new ArrayList<>();

	/** The store told this time between the two following instants. */
	private long now;

	private long askedNanos;

	private long toldNanos;

	/**
	 * Creates a batch without changes.
	 * @param store the transaction's view of the database
	 * @param maxStudents the maximum number of students of one roll
	 * @param codes the computed codes of the rolls in use
	 */
	Batch(BatchStore store, int maxStudents, RollCodes codes) {
		this.store = store;
		this.students = new StudentRules(store, maxStudents, codes, this.events);
		this.options = new OptionRules(store, this.events);
	}

	/**
	 * Begins the transaction, locks the rolls and decides the changes. The changes of one
	 * class keep their order.
	 * @param changes the changes; afterwards each of them has an outcome, but its request
	 * is not answered yet
	 * @throws StoreException if a statement failed; the caller must roll back
	 */
	void decide(List<Change<?>> changes) throws StoreException {
		List<Change<?>> ordered = new ArrayList<>(changes);
		ordered.sort(Comparator.comparingLong(Change::classId));
		lock(ordered);
		for (Change<?> change : ordered) {
			if (change instanceof Change.Arrival arrival) {
				this.students.record(arrival, this.rolls.get(arrival.classId()), this.now, this.askedNanos,
						this.toldNanos);
			}
			else if (change instanceof Change.Mark mark) {
				OpenRow roll = usable(mark, mark.which(), mark.by());
				if (roll != null) {
					this.students.mark(mark, roll, this.now);
				}
			}
			else if (change instanceof OptionsChange ofOptions) {
				OpenRow roll = usable(ofOptions, ofOptions.which(), ofOptions.by());
				if (roll != null) {
					this.options.change(ofOptions, roll, this.now, this.students.isFull(roll));
				}
			}
			else if (change instanceof ProjectorChange projector) {
				OpenRow roll = usable(projector, RollMatch.ANY, projector.by());
				if (roll != null) {
					this.store.changeProjectors(roll, projector.token());
					projector.decide(true);
				}
			}
			else if (change instanceof Change.Start start) {
				start(start);
			}
			else if (change instanceof Change.End end) {
				end(end);
			}
			else if (change instanceof Change.Discard discard) {
				discard(discard);
			}
		}
		if (!this.students.withoutRoll().isEmpty()) {
			this.store.countAfterEnd(this.students.withoutRoll(), this.now - COUNTED_AFTER_END.toMillis());
		}
	}

	/** The rolls with new arrivals, which the commit has to write. */
	List<OpenRow> changed() {
		List<OpenRow> changed = new ArrayList<>(this.rolls.size());
		for (OpenRow roll : this.rolls.values()) {
			if (!roll.arrivals().isEmpty()) {
				changed.add(roll);
			}
		}
		return changed;
	}

	/**
	 * The events of the transaction in order. They must be published after the commit.
	 */
	List<RollEvent> events() {
		return this.events;
	}

	/** The number of students who were not recorded before. */
	int newPresences() {
		return this.students.newPresences();
	}

	private void lock(List<Change<?>> ordered) throws StoreException {
		List<Long> classIds = new ArrayList<>();
		List<Change.OfStudent<?>> students = new ArrayList<>(ordered.size());
		SortedSet<String> owners = new TreeSet<>();
		long last = 0;
		for (Change<?> change : ordered) {
			if (change.classId() != last) {
				last = change.classId();
				classIds.add(last);
			}
			if (change instanceof Change.OfStudent<?> ofStudent) {
				students.add(ofStudent);
			}
			else if (change instanceof Change.Start start) {
				owners.add(owner(start.by()));
			}
		}
		this.askedNanos = System.nanoTime();
		this.now = this.store.lock(classIds, students, this.rolls);
		this.toldNanos = System.nanoTime();
		if (!owners.isEmpty()) {
			this.store.lockOwners(owners);
		}
		this.options.endOverdue(this.rolls.values(), this.now);
	}

	/**
	 * The open roll that a change concerns. If the teacher may not change it, the change
	 * is refused, and the result is null.
	 */
	private @Nullable OpenRow usable(Change<?> change, RollMatch which, Teacher by) {
		OpenRow roll = this.rolls.get(change.classId());
		if (roll == null) {
			change.refuse(RollRefusals.noOpenRoll(change.classId()));
		}
		else if (!which.includes(roll.rollId())) {
			change.refuse(RollRefusals.anotherRollOpen(change.classId()));
		}
		else if (!by.mayUse(roll.owner())) {
			change.refuse(RollRefusals.notYourRoll(change.classId()));
		}
		else {
			return roll;
		}
		return null;
	}

	private void start(Change.Start start) throws StoreException {
		OpenRow open = this.rolls.get(start.classId());
		if (open != null) {
			start.refuse(RollRefusals.rollAlreadyOpen(open, start.by().mayUse(open.owner())));
			return;
		}
		if (this.store.countOpen(owner(start.by())) >= RollCallProperties.MAX_OPEN_ROLLS) {
			start.refuse(RollRefusals.tooManyRolls(start.classId()));
			return;
		}
		RollOptions options = start.options().change(RollOptions.NONE, this.now);
		this.rolls.put(start.classId(), this.store.start(start.classId(), start.rollId(), start.by().name(), this.now,
				OpenRow.keyFor(options, null), options));
		start.decide(new StartedRoll(start.classId(), start.rollId(), Instant.ofEpochMilli(this.now), options.lateAt(),
				options.endsAt(), options.shownCode(), RollEvent.topicOf(start.rollId())));
	}

	/** The name of the owner; empty for all teachers without a name, who count as one. */
	private static String owner(Teacher teacher) {
		return (teacher.name() != null) ? teacher.name() : "";
	}

	private void end(Change.End end) throws StoreException {
		OpenRow open = this.rolls.get(end.classId());
		if (open != null && end.which().includes(open.rollId())) {
			if (end.by().mayUse(open.owner())) {
				end.decide(close(open));
			}
			else {
				end.refuse(RollRefusals.notYourRoll(end.classId()));
			}
			return;
		}
		Optional<Sheet> sheet = this.store.handOver(end.classId(), end.which(), end.by());
		if (sheet.isPresent()) {
			end.decide(sheet.get());
		}
		else {
			end.refuse((open != null) ? RollRefusals.anotherRollOpen(end.classId())
					: RollRefusals.noOpenRoll(end.classId()));
		}
	}

	private Sheet close(OpenRow roll) throws StoreException {
		Sheet sheet = this.store.end(roll, roll.notBefore(this.now));
		this.rolls.remove(roll.classId());
		this.events.add(RollEvent.ended(roll.classId(), roll.rollId(), roll.lastSeq(), sheet.endedAt()));
		return sheet;
	}

	private void discard(Change.Discard discard) throws StoreException {
		if (this.store.discard(discard.rollId(), discard.by())) {
			discard.decide(true);
		}
		else {
			discard.refuse(RollRefusals.sheetNotKept(discard.rollId()));
		}
	}

}
