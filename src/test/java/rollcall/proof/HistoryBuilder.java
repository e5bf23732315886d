package rollcall.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Builds a history for the tests of the checker. All calls are of class 7; they begin and
 * end at small whole numbers. Times are milliseconds after a fixed time.
 */
final class HistoryBuilder {

	static final long CLASS = 7;

	private final History history = new History();

	private final List<Watch.Event> events = new ArrayList<>();

	private boolean calm = true;

	/**
	 * Begins with a roll that opens between 1 and 2, and a first student between 3 and 4.
	 */
	static HistoryBuilder begun() {
		return new HistoryBuilder().start(1, 2, "a").recorded(3, 4, "ana", 10);
	}

	static Instant at(long millis) {
		return Instant.ofEpochMilli(1_800_000_000_000L + millis);
	}

	static Call.Entry entry(long seq, String student, long at) {
		return new Call.Entry(seq, student, at(at));
	}

	/** The row of a student whom the teacher marked. */
	static Call.Entry entry(long seq, String student, long at, String status) {
		return new Call.Entry(seq, student, at(at), status, "teacher");
	}

	HistoryBuilder start(long from, long to, String rollId) {
		return start(from, to, rollId, Call.Times.NONE);
	}

	HistoryBuilder start(long from, long to, String rollId, Call.Times times) {
		return call(from, to, new Call.Start(CLASS, times), new Call.Started(rollId, at(0), times.of(at(0))));
	}

	/** The start of a roll that requires a code. */
	HistoryBuilder startWithCode(long from, long to, String rollId) {
		return call(from, to, new Call.Start(CLASS, Call.Times.NONE, true),
				new Call.Started(rollId, at(0), Call.SeenTimes.NONE, true));
	}

	HistoryBuilder codes(long from, long to, String rollId, Call.ShownCode... codes) {
		return call(from, to, new Call.ReadCodes(CLASS), new Call.Codes(rollId, List.of(codes)));
	}

	HistoryBuilder noCode(long from, long to) {
		return call(from, to, new Call.ReadCodes(CLASS), new Call.NoCode());
	}

	/** A change of the roll "a", with the number of the last change. */
	HistoryBuilder codeSet(long from, long to, long seq, boolean required) {
		return call(from, to, new Call.SetCode(CLASS, "a", required),
				new Call.CodeSet("a", required, Call.SeenTimes.NONE, seq));
	}

	HistoryBuilder recorded(long from, long to, String student, Call.@Nullable Sent sent, long at) {
		return call(from, to, new Call.Present(CLASS, student, sent), new Call.Recorded(CLASS, student, at(at)));
	}

	HistoryBuilder refused(long from, long to, String student, Call.@Nullable Sent sent, String reason) {
		return call(from, to, new Call.Present(CLASS, student, sent), new Call.Refused(student, at(to), reason));
	}

	HistoryBuilder unanswered(long from, long to, String student, Call.@Nullable Sent sent) {
		return call(from, to, new Call.Present(CLASS, student, sent), new Call.Unanswered("killed"));
	}

	HistoryBuilder startUnanswered(long from, long to) {
		return call(from, to, new Call.Start(CLASS, Call.Times.NONE), new Call.Unanswered("killed"));
	}

	HistoryBuilder alreadyOpen(long from, long to) {
		return call(from, to, new Call.Start(CLASS, Call.Times.NONE), new Call.AlreadyOpen(at(0)));
	}

	HistoryBuilder recorded(long from, long to, String student, long at) {
		return call(from, to, new Call.Present(CLASS, student), new Call.Recorded(CLASS, student, at(at)));
	}

	HistoryBuilder refused(long from, long to, String student) {
		return call(from, to, new Call.Present(CLASS, student),
				new Call.Refused(student, at(to), Call.Refused.NO_OPEN_ROLL));
	}

	HistoryBuilder refusedAt(long from, long to, String student, long at) {
		return call(from, to, new Call.Present(CLASS, student),
				new Call.Refused(student, at(at), Call.Refused.NO_OPEN_ROLL));
	}

	HistoryBuilder removed(long from, long to, String student) {
		return call(from, to, new Call.Present(CLASS, student),
				new Call.Refused(student, at(to), Call.Refused.REMOVED));
	}

	HistoryBuilder recordedLate(long from, long to, String student, long at) {
		return call(from, to, new Call.Present(CLASS, student), new Call.Recorded(CLASS, student, at(at), true));
	}

	/** A mark of a student in the roll "a". The row is the answer. */
	HistoryBuilder marked(long from, long to, String status, Call.Entry row) {
		return call(from, to, new Call.Mark(CLASS, "a", row.studentId(), status), new Call.Marked(row));
	}

	HistoryBuilder markUnanswered(long from, long to, String status, String student) {
		return call(from, to, new Call.Mark(CLASS, "a", student, status), new Call.Unanswered("killed"));
	}

	HistoryBuilder markDenied(long from, long to, String status, String student) {
		return call(from, to, new Call.Mark(CLASS, "a", student, status), new Call.NoneOpen());
	}

	/** A change of the times of the roll "a", with the number of the last change. */
	HistoryBuilder timesSet(long from, long to, long seq, Call.Times times) {
		return call(from, to, new Call.SetTimes(CLASS, "a", times), new Call.TimesSet("a", times.of(at(0)), seq));
	}

	HistoryBuilder unanswered(long from, long to, String student) {
		return call(from, to, new Call.Present(CLASS, student), new Call.Unanswered("killed"));
	}

	HistoryBuilder givenUp(long from, long to, String student) {
		return call(from, to, new Call.Present(CLASS, student), new Call.GivenUp());
	}

	HistoryBuilder elsewhere(long from, long to, String student) {
		return call(from, to, new Call.Present(8, student),
				new Call.Refused(student, at(to), Call.Refused.NO_OPEN_ROLL));
	}

	HistoryBuilder read(long from, long to, String rollId, Call.Entry... entries) {
		return call(from, to, new Call.Read(CLASS, 0),
				new Call.Current(rollId, at(0), Call.SeenTimes.NONE, entries.length, false, List.of(entries)));
	}

	/** A reading after a number, of a roll with the given times and last number. */
	HistoryBuilder read(long from, long to, long after, long seq, Call.Times times, Call.Entry... entries) {
		return call(from, to, new Call.Read(CLASS, after),
				new Call.Current("a", at(0), times.of(at(0)), seq, false, List.of(entries)));
	}

	HistoryBuilder noneToRead(long from, long to) {
		return call(from, to, new Call.Read(CLASS, 0), new Call.NoneOpen());
	}

	HistoryBuilder end(long from, long to, String rollId, Call.Entry... entries) {
		return end(from, to, null, rollId, 1000, entries);
	}

	HistoryBuilder endAgain(long from, long to, String rollId, Call.Entry... entries) {
		return end(from, to, rollId, rollId, 1000, entries);
	}

	HistoryBuilder end(long from, long to, @Nullable String wanted, String rollId, long endedAt,
			Call.Entry... entries) {
		return end(from, to, wanted, rollId, endedAt, null, entries);
	}

	HistoryBuilder end(long from, long to, @Nullable String wanted, String rollId, long endedAt, @Nullable Long lateAt,
			Call.Entry... entries) {
		Call.SeenSheet sheet = new Call.SeenSheet(CLASS, rollId, at(0), at(endedAt),
				(lateAt != null) ? at(lateAt) : null,
				List.of(entries).stream().filter(Call.Entry::counts).map(Call.Entry::studentId).toList(),
				List.of(entries));
		return call(from, to, new Call.End(CLASS, wanted), new Call.Ended(sheet, sheet.toString()));
	}

	HistoryBuilder waiting(long from, long to, String... rollIds) {
		return call(from, to, new Call.ListSheets(CLASS), new Call.WaitingSheets(List.of(rollIds)));
	}

	HistoryBuilder endUnanswered(long from, long to, @Nullable String wanted) {
		return call(from, to, new Call.End(CLASS, wanted), new Call.Unanswered("killed"));
	}

	HistoryBuilder endDenied(long from, long to, @Nullable String wanted) {
		return call(from, to, new Call.End(CLASS, wanted), new Call.NoneOpen());
	}

	HistoryBuilder unexpected(long from, long to) {
		return call(from, to, new Call.Start(CLASS, Call.Times.NONE), new Call.Unexpected(500, "{}"));
	}

	HistoryBuilder event(long seen, String rollId, long seq, String student, long at) {
		return event(seen, rollId, entry(seq, student, at));
	}

	HistoryBuilder event(long seen, String rollId, Call.Entry row) {
		return event(seen, row.counts() ? "presence" : "absence", rollId, row, Call.SeenTimes.NONE);
	}

	HistoryBuilder changed(long seen, String rollId, long seq, long at, Call.Times times) {
		return event(seen, "changed", rollId, entry(seq, "", at), times.of(at(0)));
	}

	HistoryBuilder ended(long seen, String rollId, long seq) {
		return event(seen, "ended", rollId, entry(seq, "", 1000), Call.SeenTimes.NONE);
	}

	private HistoryBuilder event(long seen, String type, String rollId, Call.Entry row, Call.SeenTimes times) {
		this.events.add(new Watch.Event(type, CLASS, rollId, row, times, seen));
		return this;
	}

	/** The subscriber's node failed meanwhile. */
	HistoryBuilder afterAFailure() {
		this.calm = false;
		return this;
	}

	HistoryBuilder showed(String rollId, Call.Entry... rows) {
		this.history.add(new View(rollId, null, List.of(rows)));
		return this;
	}

	private HistoryBuilder call(long from, long to, Call.Request request, Call.Reply reply) {
		this.history.add(new Call(request, reply, from, to));
		return this;
	}

	List<Violation> violations() {
		if (!this.events.isEmpty()) {
			this.history.add(new Watch(this.events.get(0).rollId(), this.calm, List.copyOf(this.events)));
		}
		return this.history.violations();
	}

	List<Promise> broken() {
		return violations().stream().map(Violation::promise).distinct().toList();
	}

}
