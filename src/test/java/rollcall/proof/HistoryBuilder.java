package rollcall.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Builds a history for the tests of the checker: calls of class 7 at small whole
 * instants, times in milliseconds after a fixed one.
 */
final class Tale {

	static final long CLASS = 7;

	private final History history = new History();

	private final List<Watch.Event> events = new ArrayList<>();

	/** A roll that opens between 1 and 2 and a first student between 3 and 4. */
	static Tale begun() {
		return new Tale().start(1, 2, "a").recorded(3, 4, "ana", 10);
	}

	static Instant at(long millis) {
		return Instant.ofEpochMilli(1_800_000_000_000L + millis);
	}

	static Call.Entry entry(long seq, String student, long at) {
		return new Call.Entry(seq, student, at(at));
	}

	Tale start(long from, long to, String rollId) {
		return call(from, to, new Call.Start(CLASS), new Call.Started(rollId, at(0)));
	}

	Tale startUnanswered(long from, long to) {
		return call(from, to, new Call.Start(CLASS), new Call.Unanswered("killed"));
	}

	Tale alreadyOpen(long from, long to) {
		return call(from, to, new Call.Start(CLASS), new Call.AlreadyOpen(at(0)));
	}

	Tale recorded(long from, long to, String student, long at) {
		return call(from, to, new Call.Present(CLASS, student), new Call.Recorded(CLASS, student, at(at)));
	}

	Tale refused(long from, long to, String student) {
		return call(from, to, new Call.Present(CLASS, student),
				new Call.Refused(student, at(to), Call.Refused.NO_OPEN_ROLL));
	}

	Tale unanswered(long from, long to, String student) {
		return call(from, to, new Call.Present(CLASS, student), new Call.Unanswered("killed"));
	}

	Tale elsewhere(long from, long to, String student) {
		return call(from, to, new Call.Present(8, student),
				new Call.Refused(student, at(to), Call.Refused.NO_OPEN_ROLL));
	}

	Tale read(long from, long to, String rollId, Call.Entry... entries) {
		return call(from, to, new Call.Read(CLASS, 0),
				new Call.Current(rollId, at(0), entries.length, false, List.of(entries)));
	}

	Tale noneToRead(long from, long to) {
		return call(from, to, new Call.Read(CLASS, 0), new Call.NoneOpen());
	}

	Tale end(long from, long to, String rollId, Call.Entry... entries) {
		return end(from, to, null, rollId, 1000, entries);
	}

	Tale endAgain(long from, long to, String rollId, Call.Entry... entries) {
		return end(from, to, rollId, rollId, 1000, entries);
	}

	Tale end(long from, long to, @Nullable String wanted, String rollId, long endedAt, Call.Entry... entries) {
		Call.SeenSheet sheet = new Call.SeenSheet(CLASS, rollId, at(0), at(endedAt),
				List.of(entries).stream().map(Call.Entry::studentId).toList(), List.of(entries));
		return call(from, to, new Call.End(CLASS, wanted), new Call.Ended(sheet, sheet.toString()));
	}

	Tale waiting(long from, long to, String... rollIds) {
		return call(from, to, new Call.ListSheets(CLASS), new Call.WaitingSheets(List.of(rollIds)));
	}

	Tale endUnanswered(long from, long to, @Nullable String wanted) {
		return call(from, to, new Call.End(CLASS, wanted), new Call.Unanswered("killed"));
	}

	Tale endDenied(long from, long to, @Nullable String wanted) {
		return call(from, to, new Call.End(CLASS, wanted), new Call.NoneOpen());
	}

	Tale unexpected(long from, long to) {
		return call(from, to, new Call.Start(CLASS), new Call.Unexpected(500, "{}"));
	}

	Tale event(long seen, String rollId, long seq, String student, long at) {
		this.events.add(new Watch.Event("presence", CLASS, rollId, seq, student, at(at), seen));
		return this;
	}

	Tale ended(long seen, String rollId, long seq) {
		this.events.add(new Watch.Event("ended", CLASS, rollId, seq, "", at(1000), seen));
		return this;
	}

	private Tale call(long from, long to, Call.Request request, Call.Reply reply) {
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
