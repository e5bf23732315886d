package rollcall.roll;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Something a request wants done to the roll of a class. The store decides its outcome
 * inside a transaction; nobody is told before that transaction is on the disk.
 *
 * @param <T> what the answer carries
 */
abstract sealed class Change<T> {

	private final long classId;

	private final long createdNanos = System.nanoTime();

	private final CompletableFuture<T> answer = new CompletableFuture<>();

	private @Nullable T outcome;

	private @Nullable RuntimeException refusal;

	private Change(long classId) {
		this.classId = classId;
	}

	long classId() {
		return this.classId;
	}

	/** When it began to wait, as {@link System#nanoTime()} counts. */
	long createdNanos() {
		return this.createdNanos;
	}

	/**
	 * Completed after the commit, on the writer's thread: what depends on it must not
	 * wait.
	 */
	CompletableFuture<T> answer() {
		return this.answer;
	}

	@Nullable T outcome() {
		return this.outcome;
	}

	/** Decided again, if the transaction of the last decision had to be taken back. */
	void grant(T outcome) {
		this.outcome = outcome;
		this.refusal = null;
	}

	void refuse(RuntimeException refusal) {
		this.refusal = refusal;
	}

	/** Tells the outcome; called once the transaction is on the disk. */
	void settle() {
		if (this.refusal != null) {
			this.answer.completeExceptionally(this.refusal);
		}
		else {
			this.answer.complete(this.outcome);
		}
	}

	/** Tells that the transaction failed; called instead of {@link #settle()}. */
	void fail(RuntimeException failure) {
		this.answer.completeExceptionally(failure);
	}

	/** Opens a roll. */
	static final class Start extends Change<StartedRoll> {

		private final UUID rollId = UUID.randomUUID();

		private final Teacher by;

		Start(long classId, Teacher by) {
			super(classId);
			this.by = by;
		}

		UUID rollId() {
			return this.rollId;
		}

		Teacher by() {
			return this.by;
		}

	}

	/** Records a student. */
	static final class Arrival extends Change<PresenceReceipt> {

		private final String studentId;

		Arrival(long classId, String studentId) {
			super(classId);
			this.studentId = studentId;
		}

		String studentId() {
			return this.studentId;
		}

		/** Whether it was decided that the student is not recorded. */
		boolean isRefused() {
			PresenceReceipt receipt = outcome();
			return receipt != null && receipt.classId() == 0;
		}

	}

	/** Erases a sheet at once. */
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

	/** Ends a roll, or takes the sheet of one that has ended. */
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
