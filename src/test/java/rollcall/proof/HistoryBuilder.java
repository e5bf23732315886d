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

	HistoryBuilder start(long from, long to, String rollId) {
		return call(from, to, new Call.Start(CLASS), new Call.Started(rollId, at(0)));
	}

	HistoryBuilder startUnanswered(long from, long to) {
		return call(from, to, new Call.Start(CLASS), new Call.Unanswered("killed"));
	}

	HistoryBuilder alreadyOpen(long from, long to) {
		return call(from, to, new Call.Start(CLASS), new Call.AlreadyOpen(at(0)));
	}

	HistoryBuilder recorded(long from, long to, String student, long at) {
		return call(from, to, new Call.Present(CLASS, student), new Call.Recorded(CLASS, student, at(at)));
	}

	HistoryBuilder refused(long from, long to, String student) {
		return call(from, to, new Call.Present(CLASS, student),
				new Call.Refused(student, at(to), Call.Refused.NO_OPEN_ROLL));
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
				new Call.Current(rollId, at(0), entries.length, false, List.of(entries)));
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
		Call.SeenSheet sheet = new Call.SeenSheet(CLASS, rollId, at(0), at(endedAt),
				List.of(entries).stream().map(Call.Entry::studentId).toList(), List.of(entries));
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
		return call(from, to, new Call.Start(CLASS), new Call.Unexpected(500, "{}"));
	}

	HistoryBuilder event(long seen, String rollId, long seq, String student, long at) {
		this.events.add(new Watch.Event("presence", CLASS, rollId, seq, student, at(at), seen));
		return this;
	}

	HistoryBuilder ended(long seen, String rollId, long seq) {
		this.events.add(new Watch.Event("ended", CLASS, rollId, seq, "", at(1000), seen));
		return this;
	}

	private HistoryBuilder call(long from, long to, Call.Request request, Call.Reply reply) {
		this.history.add(new Call(request, reply, from, to));
		return this;
	}

	List<Violation> violations() {
		if (!this.events.isEmpty()) {
			this.history.add(new Watch(this.events.get(0).rollId(), true, List.copyOf(this.events)));
		}
		return this.history.violations();
	}

	List<Promise> broken() {
		return violations().stream().map(Violation::promise).distinct().toList();
	}

}
