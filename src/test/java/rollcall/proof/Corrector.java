package rollcall.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * A teacher who corrects one open roll at random: marks students who answered and others,
 * lets removed students repeat their request, and sets the time from which students are
 * late to that of a student. In a class that uses codes it also requires one or none.
 * Used by one thread.
 */
final class Corrector {

	private static final List<String> STATUS = List.of("present", "late", "excused", "absent");

	private final RollCallClient teacher;

	private final long classId;

	private final String rollId;

	private final Random random;

	private final CodeBook codes;

	private final List<Call.Entry> rows = new ArrayList<>();

	private Instant startedAt = Instant.EPOCH;

	private @Nullable Long endsAfterMs;

	private long seq;

	Corrector(RollCallClient teacher, long classId, String rollId, Random random) {
		this(teacher, classId, rollId, random, new CodeBook(false));
	}

	Corrector(RollCallClient teacher, long classId, String rollId, Random random, CodeBook codes) {
		this.teacher = teacher;
		this.classId = classId;
		this.rollId = rollId;
		this.random = random;
		this.codes = codes;
	}

	/** Makes one correction. Returns whether the roll was open. */
	boolean correct() {
		if (this.rows.isEmpty() || this.random.nextInt(8) == 0) {
			return read();
		}
		if (this.codes.isUsed() && this.random.nextInt(10) == 0) {
			return setCode();
		}
		return (this.random.nextInt(6) == 0) ? setLate() : mark();
	}

	/** Marks one student. Returns whether the roll was open. */
	boolean mark() {
		String student = (this.rows.isEmpty() || this.random.nextInt(5) == 0)
				? this.classId + "-added-" + this.random.nextInt(4) : anyRow().studentId();
		String status = STATUS.get(this.random.nextInt(STATUS.size()));
		Call.Reply reply = this.teacher.mark(this.classId, this.rollId, student, status);
		if (reply instanceof Call.Marked marked && !marked.entry().counts()) {
			this.teacher.present(this.classId, student, this.codes.pick(this.random, this.codes));
		}
		return reply instanceof Call.Marked;
	}

	/** Reads all rows, or those that changed since the last reading. */
	boolean read() {
		long after = this.random.nextBoolean() ? this.seq : 0;
		if (!(this.teacher.read(this.classId, after) instanceof Call.Current current)
				|| !current.rollId().equals(this.rollId)) {
			return false;
		}
		this.startedAt = current.startedAt();
		this.seq = current.seq();
		this.rows.addAll(current.entries());
		return true;
	}

	private boolean setCode() {
		Call.Reply reply = this.teacher.setCode(this.classId, this.rollId, this.random.nextInt(3) > 0);
		this.codes.show(this.teacher, this.classId);
		return reply instanceof Call.CodeSet;
	}

	private boolean setLate() {
		long ms = Duration.between(this.startedAt, anyRow().at()).toMillis() + this.random.nextInt(3) - 1;
		return setTimes(new Call.Times(Math.max(1, ms), this.endsAfterMs)) instanceof Call.TimesSet;
	}

	/** Sets a deadline from now on. Returns its time; null if the roll has none then. */
	@Nullable Instant setDeadline(Duration fromNow) {
		if (!read()) {
			return null;
		}
		long endsAfter = Duration.between(this.startedAt, Instant.now().plus(fromNow)).toMillis();
		if (!(setTimes(new Call.Times(null, endsAfter)) instanceof Call.TimesSet set)) {
			return null;
		}
		this.endsAfterMs = endsAfter;
		return set.times().endsAt();
	}

	private Call.Reply setTimes(Call.Times times) {
		return this.teacher.setTimes(this.classId, this.rollId, times);
	}

	private Call.Entry anyRow() {
		return this.rows.get(this.random.nextInt(this.rows.size()));
	}

}
