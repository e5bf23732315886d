package rollcall.console;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import rollcall.roll.Presence;
import rollcall.roll.RollEvent;

/**
 * The students who count, as far as a follower of the roll knows, and the number of the
 * last change that it knows. It reports changes to the listener.
 */
final class KnownStudents {

	private final Set<String> present = new HashSet<>();

	private final RollListener listener;

	private long seq;

	KnownStudents(RollListener listener) {
		this.listener = listener;
	}

	long seq() {
		return this.seq;
	}

	/** The number of students who count. */
	long count() {
		return this.present.size();
	}

	/** Takes the next event, also one of a type that this version does not know. */
	void take(RollEvent event) {
		if (event.studentId() != null) {
			take(new Presence(event.seq(), event.studentId(), event.at(), event.status(), event.by()));
		}
		this.seq = event.seq();
	}

	/** Takes the rows of a reading that knows all changes up to a number. */
	void take(List<Presence> presences, @Nullable List<Presence> absences, long number) {
		Stream.concat(presences.stream(), (absences != null) ? absences.stream() : Stream.empty())
			.sorted(Comparator.comparingLong(Presence::seq))
			.forEach(this::take);
		this.seq = Math.max(this.seq, number);
	}

	private void take(Presence student) {
		if (student.seq() <= this.seq) {
			return;
		}
		this.seq = student.seq();
		boolean arrived = student.counts() && this.present.add(student.studentId());
		if (!student.counts()) {
			this.present.remove(student.studentId());
		}
		this.listener.counted(count());
		if (arrived) {
			this.listener.arrived(student);
		}
	}

}
