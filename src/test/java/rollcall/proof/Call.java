package rollcall.proof;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One request of a history with its reply, between two instants of this process's
 * monotonic clock.
 *
 * @param invoked before the first byte was sent, {@link System#nanoTime()}
 * @param completed after the last byte arrived or the sender gave up
 */
record Call(Request request, Reply reply, long invoked, long completed) {

	/** Whether the request may have taken effect, although no answer says so. */
	boolean unanswered() {
		return this.reply instanceof Unanswered || this.reply instanceof GivenUp;
	}

	/** The content of a request. */
	sealed interface Request {

		long classId();

	}

	/** Open a roll, with or without a required code. */
	record Start(long classId, Times times, boolean code) implements Request {

		Start(long classId, Times times) {
			this(classId, times, false);
		}

	}

	/**
	 * Record a student.
	 *
	 * @param sent the code that comes with it; null for none
	 */
	record Present(long classId, String studentId, @Nullable Sent sent) implements Request {

		Present(long classId, String studentId) {
			this(classId, studentId, null);
		}

	}

	/**
	 * A code that a student sends.
	 *
	 * @param ticket the ticket that comes with it; null for none
	 */
	record Sent(String code, @Nullable Ticket ticket) {
	}

	/**
	 * A ticket that an answer contained. Further answers renew it, and the code is then
	 * still judged as in the first request.
	 *
	 * @param from before the first request was sent, {@link System#nanoTime()}
	 * @param to after its answer arrived
	 * @param renewed after the answer with this ticket arrived
	 * @param own whether the request comes from the browser that received the ticket
	 */
	record Ticket(String text, long from, long to, long renewed, boolean own) {

		/** Whether the code is judged at the same time with another ticket. */
		boolean isJudgedAs(String other) {
			return other.startsWith(this.text.substring(0, this.text.indexOf('.') + 1));
		}

	}

	/**
	 * End a roll.
	 *
	 * @param rollId the only roll that is meant; null for any open one
	 */
	record End(long classId, @Nullable String rollId) implements Request {
	}

	/**
	 * Give a student a status.
	 *
	 * @param rollId the only roll that is meant; null for any open one
	 */
	record Mark(long classId, @Nullable String rollId, String studentId, String status) implements Request {
	}

	/**
	 * Set both times of a roll.
	 *
	 * @param rollId the only roll that is meant; null for any open one
	 */
	record SetTimes(long classId, @Nullable String rollId, Times times) implements Request {
	}

	/**
	 * Require a code from now on, or none.
	 *
	 * @param rollId the only roll that is meant; null for any open one
	 */
	record SetCode(long classId, @Nullable String rollId, boolean required) implements Request {
	}

	/** Read the codes to show. */
	record ReadCodes(long classId) implements Request {
	}

	/**
	 * The times that a teacher wants, in milliseconds after the start.
	 *
	 * @param lateAfterMs from when students are late; null for nobody
	 * @param endsAfterMs the deadline; null for none
	 */
	record Times(@Nullable Long lateAfterMs, @Nullable Long endsAfterMs) {

		static final Times NONE = new Times(null, null);

		SeenTimes of(Instant startedAt) {
			return new SeenTimes((this.lateAfterMs != null) ? startedAt.plusMillis(this.lateAfterMs) : null,
					(this.endsAfterMs != null) ? startedAt.plusMillis(this.endsAfterMs) : null);
		}

	}

	/** The times of a roll, as the server says them. */
	record SeenTimes(@Nullable Instant lateAt, @Nullable Instant endsAt) {

		static final SeenTimes NONE = new SeenTimes(null, null);

		/** The status of a student without a mark who first counted at this time. */
		@Nullable String status(Instant at) {
			return (this.lateAt != null && !at.isBefore(this.lateAt)) ? "late" : null;
		}

	}

	/** Read the open roll after a number. */
	record Read(long classId, long after) implements Request {
	}

	/** List the waiting sheets of a class. */
	record ListSheets(long classId) implements Request {
	}

	/** The content of an answer. */
	sealed interface Reply {

	}

	/** 201: a roll was opened. */
	record Started(String rollId, Instant startedAt, SeenTimes times, boolean code) implements Reply {

		Started(String rollId, Instant startedAt, SeenTimes times) {
			this(rollId, startedAt, times, false);
		}

	}

	/** 409: a roll was open already. */
	record AlreadyOpen(Instant startedAt) implements Reply {
	}

	/** 200 with the class's id: the student is in the open roll. */
	record Recorded(long classId, String studentId, Instant at, boolean late) implements Reply {

		Recorded(long classId, String studentId, Instant at) {
			this(classId, studentId, at, false);
		}

	}

	/** 200: the new row of a student. */
	record Marked(Entry entry) implements Reply {
	}

	/** 409: the student would be one too many. */
	record Full() implements Reply {
	}

	/** 200: the times of the roll, which has this number of changes. */
	record TimesSet(String rollId, SeenTimes times, long seq) implements Reply {
	}

	/** 200: whether the roll, which has this number of changes, requires a code. */
	record CodeSet(String rollId, boolean required, SeenTimes times, long seq) implements Reply {
	}

	/** 200: the present code and the next ones. */
	record Codes(String rollId, List<ShownCode> codes) implements Reply {
	}

	/**
	 * A code to show.
	 *
	 * @param fromMs milliseconds from the answer until it may be shown
	 */
	record ShownCode(String code, long fromMs) {
	}

	/** 404: the open roll requires no code. */
	record NoCode() implements Reply {
	}

	/** 400: the deadline would have passed already. */
	record TooLate() implements Reply {
	}

	/** 200 with class zero, and the reason. */
	record Refused(String studentId, Instant at, String reason) implements Reply {

		static final String NO_OPEN_ROLL = "no-open-roll";

		static final String ROLL_FULL = "roll-full";

		static final String REMOVED = "removed-by-teacher";

		static final String CODE_MISSING = "code-missing";

		static final String CODE_WRONG = "code-wrong";

		static final String CODE_EXPIRED = "code-expired";

		private static final Set<String> OF_CODE = Set.of(CODE_MISSING, CODE_WRONG, CODE_EXPIRED);

		/** Whether the code was the reason. */
		boolean ofCode() {
			return OF_CODE.contains(this.reason);
		}

	}

	/**
	 * 200: the roll ended.
	 *
	 * @param body the bytes, for comparison with a retry
	 */
	record Ended(SeenSheet sheet, String body) implements Reply {
	}

	/** 200: the roll is open. */
	record Current(String rollId, Instant startedAt, SeenTimes times, boolean code, long seq, boolean full,
			List<Entry> entries) implements Reply {

		Current(String rollId, Instant startedAt, SeenTimes times, long seq, boolean full, List<Entry> entries) {
			this(rollId, startedAt, times, false, seq, full, entries);
		}

	}

	/** 200: the rolls whose sheets wait. */
	record WaitingSheets(List<String> rollIds) implements Reply {
	}

	/** 404: no roll is open. */
	record NoneOpen() implements Reply {
	}

	/** 412: another roll is open. */
	record OtherOpen() implements Reply {
	}

	/** No answer, or 503: it took effect wholly or not at all. */
	record Unanswered(String why) implements Reply {
	}

	/**
	 * The proxy perhaps gave up this delivery and sent the request to another node, which
	 * answered. The first node may have recorded it before it failed, or records it when
	 * it continues after a pause.
	 */
	record GivenUp() implements Reply {
	}

	/** The request was never sent. */
	record Unsent(String why) implements Reply {
	}

	/** An answer that the contract does not allow. */
	record Unexpected(int status, String body) implements Reply {
	}

	/** One student in a sheet, in a reading of a roll, or in an event. */
	record Entry(long seq, String studentId, Instant at, @Nullable String status, @Nullable String by) {

		Entry(long seq, String studentId, Instant at) {
			this(seq, studentId, at, null, null);
		}

		/** Whether the student is on the list of those who came. */
		boolean counts() {
			return this.status == null || this.status.equals("late");
		}

		boolean isMarked() {
			return this.by != null;
		}

		/** Whether the time is that of the change with this number. */
		boolean isStamped() {
			return !counts() || !isMarked();
		}

		/** The same row as it is with other times of the roll. */
		Entry with(SeenTimes times) {
			return isMarked() ? this : new Entry(this.seq, this.studentId, this.at, times.status(this.at), null);
		}

	}

	/**
	 * The sheet that an end handed over.
	 *
	 * @param entries the students who count, then the others
	 */
	record SeenSheet(long classId, String rollId, Instant startedAt, Instant endedAt, @Nullable Instant lateAt,
			List<String> studentIds, List<Entry> entries) {
	}

}
