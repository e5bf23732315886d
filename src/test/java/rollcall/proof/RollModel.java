package rollcall.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A model of the rules: it knows the right answer to each call, given the ids and times
 * that the server chose. Calls come one after the other and without failures.
 */
final class RollModel {

	/** A deadline that does not come during a test. */
	private static final long FAR_MS = 3_600_000;

	private final int maxStudents;

	private final Map<Long, Roll> open = new HashMap<>();

	/** Abandoned rolls whose sheets wait, the oldest first. */
	private final Map<Long, List<Roll>> waiting = new HashMap<>();

	private final Map<String, Call.Ended> handedOver = new HashMap<>();

	/** The rolls that ended at their deadline. */
	private final Set<String> over = new HashSet<>();

	private Instant clock = Instant.EPOCH;

	/**
	 * Creates a model without open rolls.
	 * @param maxStudents the most students of one roll
	 */
	RollModel(int maxStudents) {
		this.maxStudents = maxStudents;
	}

	/** Takes a step. Returns the error in the reply, or null. */
	@Nullable String step(Call call) {
		Call.Request request = call.request();
		Call.Reply reply = call.reply();
		Roll roll = this.open.get(request.classId());
		if (request instanceof Call.Start start) {
			return start(start, roll, reply);
		}
		if (request instanceof Call.Present present) {
			return present(call, present, roll);
		}
		if (request instanceof Call.Mark mark) {
			return mark(mark, roll, reply);
		}
		if (request instanceof Call.SetTimes times) {
			return setTimes(times, roll, reply);
		}
		if (request instanceof Call.SetCode code) {
			return setCode(code, roll, reply);
		}
		if (request instanceof Call.ReadCodes) {
			return readCodes(call, roll);
		}
		if (request instanceof Call.Read read) {
			return read(read, roll, reply);
		}
		if (request instanceof Call.ListSheets) {
			return expect(new Call.WaitingSheets(waiting(request.classId()).stream().map((it) -> it.rollId).toList()),
					reply);
		}
		return end((Call.End) request, roll, reply);
	}

	/** Notes that the server ended the roll of a class. */
	void endedByItself(long classId) {
		waiting(classId).add(this.open.remove(classId));
	}

	private List<Roll> waiting(long classId) {
		return this.waiting.computeIfAbsent(classId, (id) -> new ArrayList<>());
	}

	private @Nullable String start(Call.Start start, @Nullable Roll roll, Call.Reply reply) {
		if (roll != null) {
			return expect(new Call.AlreadyOpen(roll.startedAt), reply);
		}
		if (!(reply instanceof Call.Started started)) {
			return "a roll should open";
		}
		Roll opened = new Roll(started.rollId(), started.startedAt(), start.times().of(started.startedAt()),
				start.code());
		this.open.put(start.classId(), opened);
		String wrong = expect(new Call.Started(opened.rollId, opened.startedAt, opened.times, opened.code), reply);
		return (wrong != null) ? wrong : tick(started.startedAt());
	}

	private @Nullable String present(Call call, Call.Present present, @Nullable Roll roll) {
		Call.Reply reply = call.reply();
		if (roll == null) {
			return refused(present, Call.Refused.NO_OPEN_ROLL, reply);
		}
		Student known = roll.students.get(present.studentId());
		if (roll.code) {
			List<String> reasons = roll.codes.reasons(call, known != null);
			String reason = (reply instanceof Call.Refused refused && refused.ofCode()) ? refused.reason()
					: KnownCodes.PERMITTED;
			if (!reasons.contains(reason)) {
				return "the answer to its code should be one of " + reasons;
			}
			if (!reason.equals(KnownCodes.PERMITTED)) {
				return refused(present, reason, reply);
			}
		}
		if (known != null && !known.counts()) {
			return refused(present, Call.Refused.REMOVED, reply);
		}
		if (known != null) {
			return expect(new Call.Recorded(present.classId(), present.studentId(), known.at, known.isLate(roll.times)),
					reply);
		}
		if (roll.students.size() == this.maxStudents) {
			return refused(present, Call.Refused.ROLL_FULL, reply);
		}
		if (!(reply instanceof Call.Recorded recorded)) {
			return "it should be recorded";
		}
		Student student = new Student(++roll.seq, recorded.at());
		roll.students.put(present.studentId(), student);
		String wrong = expect(
				new Call.Recorded(present.classId(), present.studentId(), recorded.at(), student.isLate(roll.times)),
				reply);
		return (wrong != null) ? wrong : tick(recorded.at());
	}

	private @Nullable String mark(Call.Mark mark, @Nullable Roll roll, Call.Reply reply) {
		if (roll == null) {
			return expect(new Call.NoneOpen(), reply);
		}
		if (mark.rollId() != null && !mark.rollId().equals(roll.rollId)) {
			return expect(new Call.OtherOpen(), reply);
		}
		Student student = roll.students.get(mark.studentId());
		if (student == null && roll.students.size() == this.maxStudents) {
			return expect(new Call.Full(), reply);
		}
		if (!(reply instanceof Call.Marked marked)) {
			return "the student should be marked";
		}
		if (student != null && mark.status().equals(student.mark)) {
			return expect(new Call.Marked(student.entry(mark.studentId(), roll.times)), reply);
		}
		if (student == null) {
			student = new Student(0, marked.entry().at());
			roll.students.put(mark.studentId(), student);
		}
		student.seq = ++roll.seq;
		student.mark = mark.status();
		if (student.counts() && student.firstSeq == 0) {
			student.firstSeq = student.seq;
			student.at = marked.entry().at();
		}
		if (!student.counts()) {
			student.markedAt = marked.entry().at();
		}
		String wrong = expect(new Call.Marked(student.entry(mark.studentId(), roll.times)), reply);
		return (wrong != null || student.counts()) ? wrong : tick(marked.entry().at());
	}

	private @Nullable String setTimes(Call.SetTimes request, @Nullable Roll roll, Call.Reply reply) {
		if (roll == null) {
			return expect(new Call.NoneOpen(), reply);
		}
		if (request.rollId() != null && !request.rollId().equals(roll.rollId)) {
			return expect(new Call.OtherOpen(), reply);
		}
		if (reply instanceof Call.TooLate && isNear(request.times())) {
			return null;
		}
		Call.SeenTimes times = request.times().of(roll.startedAt);
		if (!times.equals(roll.times)) {
			roll.seq++;
			roll.times = times;
		}
		return expect(new Call.TimesSet(roll.rollId, times, roll.seq), reply);
	}

	private @Nullable String setCode(Call.SetCode request, @Nullable Roll roll, Call.Reply reply) {
		if (roll == null) {
			return expect(new Call.NoneOpen(), reply);
		}
		if (request.rollId() != null && !request.rollId().equals(roll.rollId)) {
			return expect(new Call.OtherOpen(), reply);
		}
		if (request.required() != roll.code) {
			roll.seq++;
			roll.code = request.required();
		}
		return expect(new Call.CodeSet(roll.rollId, roll.code, roll.times, roll.seq), reply);
	}

	private @Nullable String readCodes(Call call, @Nullable Roll roll) {
		if (roll == null || !roll.code) {
			return expect((roll == null) ? new Call.NoneOpen() : new Call.NoCode(), call.reply());
		}
		return (call.reply() instanceof Call.Codes codes && codes.rollId().equals(roll.rollId))
				? roll.codes.read(call, codes) : "the codes of " + roll.rollId + " should be shown";
	}

	/** Whether the deadline may have passed before the server got it. */
	private static boolean isNear(Call.Times times) {
		return times.endsAfterMs() != null && times.endsAfterMs() < FAR_MS;
	}

	private @Nullable String refused(Call.Present present, String reason, Call.Reply reply) {
		if (!(reply instanceof Call.Refused refused)) {
			return "it should be answered zero because of " + reason;
		}
		String wrong = expect(new Call.Refused(present.studentId(), refused.at(), reason), reply);
		return (wrong != null) ? wrong : tick(refused.at());
	}

	private @Nullable String read(Call.Read read, @Nullable Roll roll, Call.Reply reply) {
		if (roll == null) {
			return expect(new Call.NoneOpen(), reply);
		}
		List<Call.Entry> rows = roll.entries(Comparator.comparingLong((student) -> student.seq));
		rows.removeIf((entry) -> entry.seq() <= read.after());
		return expect(new Call.Current(roll.rollId, roll.startedAt, roll.times, roll.code, roll.seq,
				roll.students.size() == this.maxStudents, rows), reply);
	}

	private @Nullable String end(Call.End end, @Nullable Roll roll, Call.Reply reply) {
		Call.Ended kept = this.handedOver.get(end.classId() + "/" + end.rollId());
		if (kept != null) {
			return expect(kept, reply);
		}
		for (Roll waits : waiting(end.classId())) {
			if (waits.rollId.equals(end.rollId()) || (roll == null && end.rollId() == null)) {
				waiting(end.classId()).remove(waits);
				return handOver(end, waits, reply);
			}
		}
		if (roll == null) {
			return expect(new Call.NoneOpen(), reply);
		}
		if (end.rollId() != null && !end.rollId().equals(roll.rollId)) {
			return expect(new Call.OtherOpen(), reply);
		}
		this.open.remove(end.classId());
		String wrong = handOver(end, roll, reply);
		return (wrong != null) ? wrong : tick(((Call.Ended) reply).sheet().endedAt());
	}

	private @Nullable String handOver(Call.End end, Roll roll, Call.Reply reply) {
		if (!(reply instanceof Call.Ended ended)) {
			return "the sheet of " + roll.rollId + " should be handed over";
		}
		this.handedOver.put(end.classId() + "/" + roll.rollId, ended);
		List<Call.Entry> rows = roll
			.entries(Comparator.<Student>comparingLong((student) -> student.firstSeq).thenComparing((one) -> one.seq));
		Instant endedAt = (this.over.contains(roll.rollId)) ? roll.times.endsAt() : ended.sheet().endedAt();
		return expect(new Call.SeenSheet(end.classId(), roll.rollId, roll.startedAt, endedAt, roll.times.lateAt(),
				rows.stream().map(Call.Entry::studentId).limit(roll.present()).toList(), rows), ended.sheet());
	}

	/**
	 * Times for the open roll of a class. Late is the time of one of its students, or a
	 * millisecond beside it; the deadline never comes.
	 */
	Call.Times times(long classId, Random random) {
		Roll roll = this.open.get(classId);
		Long endsAfter = random.nextBoolean() ? FAR_MS : null;
		if (roll == null || roll.students.isEmpty()) {
			return new Call.Times(null, endsAfter);
		}
		List<Student> students = List.copyOf(roll.students.values());
		long ms = Duration.between(roll.startedAt, students.get(random.nextInt(students.size())).at).toMillis()
				+ random.nextInt(3) - 1;
		return new Call.Times((ms > 0) ? ms : null, endsAfter);
	}

	/** Times with a deadline that comes soon; null if no roll of the class is open. */
	Call.@Nullable Times soon(long classId) {
		Roll roll = this.open.get(classId);
		return (roll != null) ? new Call.Times(null, Duration.between(roll.startedAt, Instant.now()).toMillis() + 20)
				: null;
	}

	/** The newest code of the open roll of a class; null if none was shown. */
	@Nullable String shownCode(long classId) {
		Roll roll = this.open.get(classId);
		return (roll != null) ? roll.codes.newest() : null;
	}

	/** Notes that the deadline of the open roll of a class has come. */
	void deadlineCame(long classId) {
		this.over.add(this.open.get(classId).rollId);
		endedByItself(classId);
	}

	/** The open rolls by class, with their number of students who count. */
	Map<Long, Long> present() {
		Map<Long, Long> present = new HashMap<>();
		this.open.forEach((classId, roll) -> present.put(classId, roll.present()));
		return present;
	}

	private static @Nullable String expect(Object expected, Object reply) {
		return expected.equals(reply) ? null : "expected " + expected;
	}

	private @Nullable String tick(Instant at) {
		boolean back = at.isBefore(this.clock);
		this.clock = at;
		return back ? "its time is earlier than the time of an earlier answer" : null;
	}

	/** An open roll. */
	private static final class Roll {

		private final String rollId;

		private final Instant startedAt;

		private final Map<String, Student> students = new HashMap<>();

		private long seq;

		private Call.SeenTimes times;

		/** Whether a code is required. */
		private boolean code;

		private final KnownCodes codes = new KnownCodes();

		private Roll(String rollId, Instant startedAt, Call.SeenTimes times, boolean code) {
			this.rollId = rollId;
			this.startedAt = startedAt;
			this.times = times;
			this.code = code;
		}

		/** The rows of those who count, then of the others. */
		private List<Call.Entry> entries(Comparator<Student> order) {
			List<Map.Entry<String, Student>> sorted = new ArrayList<>(this.students.entrySet());
			sorted.sort(Map.Entry.comparingByValue(order));
			List<Call.Entry> entries = new ArrayList<>();
			for (boolean counts : new boolean[] { true, false }) {
				sorted.stream()
					.filter((each) -> each.getValue().counts() == counts)
					.forEach((each) -> entries.add(each.getValue().entry(each.getKey(), this.times)));
			}
			return entries;
		}

		private long present() {
			return this.students.values().stream().filter(Student::counts).count();
		}

	}

	/** A student of a roll. */
	private static final class Student {

		private long seq;

		private long firstSeq;

		private Instant at;

		private @Nullable String mark;

		private Instant markedAt = Instant.EPOCH;

		private Student(long seq, Instant at) {
			this.seq = seq;
			this.firstSeq = seq;
			this.at = at;
		}

		private boolean counts() {
			return this.mark == null || this.mark.equals("present") || this.mark.equals("late");
		}

		private boolean isLate(Call.SeenTimes times) {
			return (this.mark != null) ? this.mark.equals("late") : times.status(this.at) != null;
		}

		private Call.Entry entry(String studentId, Call.SeenTimes times) {
			String by = (this.mark != null) ? "teacher" : null;
			return counts() ? new Call.Entry(this.seq, studentId, this.at, isLate(times) ? "late" : null, by)
					: new Call.Entry(this.seq, studentId, this.markedAt, this.mark, by);
		}

	}

}
