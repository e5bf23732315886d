package rollcall.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A model of the rules: it knows the right answer to each call, given the ids and times
 * that the server chose. Calls come one after the other and without failures.
 */
final class RollModel {

	private final int maxStudents;

	private final Map<Long, Roll> open = new HashMap<>();

	/** Abandoned rolls whose sheets wait, the oldest first. */
	private final Map<Long, List<Roll>> waiting = new HashMap<>();

	private final Map<String, Call.Ended> handedOver = new HashMap<>();

	private Instant clock = Instant.EPOCH;

	/**
	 * Creates a model without open rolls.
	 * @param maxStudents the most students of one roll
	 */
	RollModel(int maxStudents) {
		this.maxStudents = maxStudents;
	}

	/** Takes a step. Returns the error in the reply, or null. */
	@Nullable String step(Call.Request request, Call.Reply reply) {
		Roll roll = this.open.get(request.classId());
		if (request instanceof Call.Start start) {
			return start(start, roll, reply);
		}
		if (request instanceof Call.Present present) {
			return present(present, roll, reply);
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

	/** Notes that the server ended the abandoned roll of a class. */
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
		this.open.put(start.classId(), new Roll(started.rollId(), started.startedAt()));
		return tick(started.startedAt());
	}

	private @Nullable String present(Call.Present present, @Nullable Roll roll, Call.Reply reply) {
		if (roll == null) {
			return refused(present, Call.Refused.NO_OPEN_ROLL, reply);
		}
		for (Call.Entry entry : roll.entries) {
			if (entry.studentId().equals(present.studentId())) {
				return expect(new Call.Recorded(present.classId(), entry.studentId(), entry.at()), reply);
			}
		}
		if (roll.entries.size() == this.maxStudents) {
			return refused(present, Call.Refused.ROLL_FULL, reply);
		}
		if (!(reply instanceof Call.Recorded recorded)) {
			return "it should be recorded";
		}
		roll.entries.add(new Call.Entry(roll.entries.size() + 1, present.studentId(), recorded.at()));
		String wrong = expect(new Call.Recorded(present.classId(), present.studentId(), recorded.at()), reply);
		return (wrong != null) ? wrong : tick(recorded.at());
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
		int size = roll.entries.size();
		List<Call.Entry> rest = roll.entries.subList((int) Math.min(read.after(), size), size);
		return expect(new Call.Current(roll.rollId, roll.startedAt, size, size == this.maxStudents, rest), reply);
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
		return expect(new Call.SeenSheet(end.classId(), roll.rollId, roll.startedAt, ended.sheet().endedAt(),
				roll.entries.stream().map(Call.Entry::studentId).toList(), roll.entries), ended.sheet());
	}

	/** The open rolls by class, with their number of presences. */
	Map<Long, Long> present() {
		Map<Long, Long> present = new HashMap<>();
		this.open.forEach((classId, roll) -> present.put(classId, (long) roll.entries.size()));
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

		private final List<Call.Entry> entries = new ArrayList<>();

		private Roll(String rollId, Instant startedAt) {
			this.rollId = rollId;
			this.startedAt = startedAt;
		}

	}

}
