package rollcall.roll;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A requested change to the roll of a class. A {@link Batch} decides its outcome inside a
 * transaction. The request is answered after the commit. Public, because the packages of
 * the stores read the students of an {@link Arrival}.
 *
 * @param <T> the content of the answer
 */
public abstract sealed class Change<T>
		permits Change.Start, Change.OfStudent, Change.Discard, Change.End, OptionsChange {

	private final long classId;

	private final long createdNanos = System.nanoTime();

	private final CompletableFuture<T> answer = new CompletableFuture<>();

	private @Nullable T outcome;

	private @Nullable RuntimeException refusal;

	Change(long classId) {
		this.classId = classId;
	}

	/** The class, 1 to {@value ClassId#MAX}. */
	public long classId() {
		return this.classId;
	}

	/** The creation time, in nanoseconds of {@link System#nanoTime()}. */
	long createdNanos() {
		return this.createdNanos;
	}

	/**
	 * The answer. It is completed after the commit, on the writer's thread, so its
	 * callbacks must not block.
	 */
	CompletableFuture<T> answer() {
		return this.answer;
	}

	/** The last outcome; null before the first decision. */
	@Nullable T outcome() {
		return this.outcome;
	}

	/**
	 * Sets the outcome. After a rollback the next attempt sets it again.
	 */
	void decide(T outcome) {
		this.outcome = outcome;
		this.refusal = null;
	}

	/** Sets the error of the request. The change has no effect then. */
	void refuse(RuntimeException refusal) {
		this.refusal = refusal;
	}

	/** Answers the request with the outcome or the error, after the commit. */
	void complete() {
		if (this.refusal != null) {
			this.answer.completeExceptionally(this.refusal);
		}
		else {
			this.answer.complete(this.outcome);
		}
	}

	/**
	 * Answers the request with a failure of the transaction, instead of
	 * {@link #complete()}.
	 */
	void fail(RuntimeException failure) {
		this.answer.completeExceptionally(failure);
	}

	/** Opens a roll. */
	static final class Start extends Change<StartedRoll> {

		private final UUID rollId = UUID.randomUUID();

		private final OptionsRequest options;

		private final Teacher by;

		Start(long classId, OptionsRequest options, Teacher by) {
			super(classId);
			this.options = options;
			this.by = by;
		}

		OptionsRequest options() {
			return this.options;
		}

		UUID rollId() {
			return this.rollId;
		}

		Teacher by() {
			return this.by;
		}

	}

	/**
	 * A change of one student. Public for the same reason as its superclass.
	 *
	 * @param <T> the content of the answer
	 */
	public abstract static sealed class OfStudent<T> extends Change<T> {

		private final String studentId;

		private OfStudent(long classId, String studentId) {
			super(classId);
			this.studentId = studentId;
		}

		/** The enrolment number, a valid {@link StudentId}. */
		public String studentId() {
			return this.studentId;
		}

	}

	/** Records a student. */
	static final class Arrival extends OfStudent<PresenceReceipt> {

		private final SentCode code;

		Arrival(long classId, String studentId, SentCode code) {
			super(classId, studentId);
			this.code = code;
		}

		SentCode code() {
			return this.code;
		}

		/** Whether the outcome is a refusal. */
		boolean isRefused() {
			PresenceReceipt receipt = outcome();
			return receipt != null && receipt.classId() == 0;
		}

	}

	/** Gives a student the status that the teacher says. */
	static final class Mark extends OfStudent<Presence> {

		private final Status status;

		private final RollMatch which;

		private final Teacher by;

		Mark(long classId, String studentId, Status status, RollMatch which, Teacher by) {
			super(classId, studentId);
			this.status = status;
			this.which = which;
			this.by = by;
		}

		Status status() {
			return this.status;
		}

		RollMatch which() {
			return this.which;
		}

		Teacher by() {
			return this.by;
		}

	}

	/** Erases a kept sheet at once. */
	static final class Discard extends Change<Boolean> {

		private final UUID rollId;

		private final Teacher by;

		Discard(long classId, UUID rollId, Teacher by) {
			super(classId);
			this.rollId = rollId;
			this.by = by;
		}

		UUID rollId() {
			return this.rollId;
		}

		Teacher by() {
			return this.by;
		}

	}

	/** Ends a roll, or hands over the sheet of one that has ended. */
	static final class End extends Change<Sheet> {

		private final RollMatch which;

		private final Teacher by;

		End(long classId, RollMatch which, Teacher by) {
			super(classId);
			this.which = which;
			this.by = by;
		}

		RollMatch which() {
			return this.which;
		}

		Teacher by() {
			return this.by;
		}

	}

}
