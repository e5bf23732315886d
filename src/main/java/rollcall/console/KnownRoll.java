package rollcall.console;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;
import rollcall.roll.RollEvent;
import rollcall.roll.Sheet;

/**
 * What a follower knows about a roll: the students who count, the times, whether a code
 * is required, and the number of the last change. It reports changes to the listener.
 */
final class KnownRoll {

	private final Set<String> present = new HashSet<>();

	private final RollListener listener;

	private @Nullable Instant lateAt;

	private @Nullable Instant endsAt;

	private boolean codeRequired;

	private long seq;

	KnownRoll(RollListener listener) {
		this.listener = listener;
	}

	/** The number of the last change that is known. All changes before it are known. */
	long seq() {
		return this.seq;
	}

	/** The number of students who count. */
	long count() {
		return this.present.size();
	}

	/**
	 * Takes an event if it is the next change, and if this version knows its type.
	 * @return false if the roll must be read instead
	 */
	boolean take(RollEvent event) {
		if (event.seq() != this.seq + 1) {
			return false;
		}
		switch (event.type()) {
			case RollEvent.PRESENCE, RollEvent.ABSENCE -> take(new Presence(event.seq(),
					Objects.requireNonNull(event.studentId()), event.at(), event.status(), event.by()));
			case RollEvent.CHANGED -> take(event.lateAt(), event.endsAt(), event.code());
			default -> {
				return false;
			}
		}
		this.seq = event.seq();
		return true;
	}

	/** Takes a reading of the changes after {@link #seq}. */
	void take(CurrentRoll roll) {
		if (roll.seq() >= this.seq) {
			take(roll.lateAt(), roll.endsAt(), roll.code());
			take(roll.presences(), roll.absences());
			this.seq = roll.seq();
		}
	}

	/** Takes the students of the roll after its end. */
	void take(Sheet sheet) {
		take(sheet.presences(), sheet.absences());
	}

	private void take(List<Presence> presences, @Nullable List<Presence> absences) {
		Stream.concat(presences.stream(), (absences != null) ? absences.stream() : Stream.empty())
			.filter((student) -> student.seq() > this.seq)
			.sorted(Comparator.comparingLong(Presence::seq))
			.forEach(this::take);
	}

	private void take(Presence student) {
		if (student.counts()) {
			this.present.add(student.studentId());
		}
		else {
			this.present.remove(student.studentId());
		}
		this.listener.changed(student, count());
	}

	private void take(@Nullable Instant late, @Nullable Instant ends, @Nullable Boolean code) {
		if (!Objects.equals(late, this.lateAt)) {
			this.lateAt = late;
			this.listener.lateAt(late);
		}
		if (!Objects.equals(ends, this.endsAt)) {
			this.endsAt = ends;
			this.listener.endsAt(ends);
		}
		if (Boolean.TRUE.equals(code) != this.codeRequired) {
			this.codeRequired = !this.codeRequired;
			this.listener.codeRequired(this.codeRequired);
		}
	}

}
