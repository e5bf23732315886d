package rollcall.roll;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import rollcall.problem.ProblemException;

import org.springframework.stereotype.Service;

/**
 * The roll call: what a teacher and a student can do. Changes go through the writer, one
 * after the other; reads see what is committed.
 */
@Service
public class RollCallService {

	/**
	 * How long a request waits for its commit. The change may still take effect after
	 * that.
	 */
	public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

	private final RollWriter writer;

	private final RollStore store;

	private final SheetStore sheets;

	RollCallService(RollWriter writer, RollStore store, SheetStore sheets) {
		this.writer = writer;
		this.store = store;
		this.sheets = sheets;
	}

	/**
	 * Opens the roll of a class.
	 * @param classId the class
	 * @param by the teacher who starts it and owns it from then on
	 * @return the confirmation; the roll is on the disk
	 * @throws ProblemException if one is open, which stays as it is, or the teacher has
	 * too many open rolls
	 * @throws StoreUnavailableException if it is not certain that it was opened
	 */
	public StartedRoll start(ClassId classId, Teacher by) {
		return await(this.writer.submit(new Change.Start(classId.value(), by)));
	}

	/**
	 * Records a student.
	 * @param classId the class
	 * @param studentId the student
	 * @return the receipt, which is a refusal if no roll is open; or a
	 * {@link StoreUnavailableException}. It is completed on the writer's thread, so that
	 * dependent actions must not block
	 * @throws StoreUnavailableException if the store has failed or too many changes wait;
	 * nothing is recorded then
	 */
	public CompletableFuture<PresenceReceipt> record(ClassId classId, StudentId studentId) {
		return this.writer.submit(new Change.Arrival(classId.value(), studentId.value()));
	}

	/**
	 * Reads the open roll of a class.
	 * @param classId the class
	 * @param after only presences with a larger number are read
	 * @param by the teacher who reads
	 * @return the roll, empty if none is open
	 * @throws ProblemException if it is another teacher's
	 */
	public Optional<CurrentRoll> current(ClassId classId, long after, Teacher by) {
		return this.store.currentRoll(classId.value(), after, by);
	}

	/** The open rolls that the teacher may use, in order of class. */
	public List<OpenRoll> openRolls(Teacher by) {
		return this.store.openRolls(by);
	}

	/** The kept sheets that the teacher may use: waiting sheets first, then by age. */
	List<KeptSheet> sheets(Teacher by) {
		return this.sheets.sheets(by);
	}

	/**
	 * Reads a sheet and changes nothing: a waiting sheet continues to wait.
	 * @param rollId the roll that ended
	 * @param by the teacher who reads
	 * @return the sheet as the end gave it
	 * @throws ProblemException if it is not kept, or is another teacher's
	 */
	Sheet sheet(UUID rollId, Teacher by) {
		return this.sheets.sheet(rollId, by);
	}

	/**
	 * Erases a sheet at once.
	 * @param rollId the roll that ended
	 * @param by the teacher who erases it
	 * @throws ProblemException if it is not kept, or is another teacher's
	 * @throws StoreUnavailableException if it is not certain that it was erased
	 */
	void discard(UUID rollId, Teacher by) {
		long classId = this.sheets.requireUsable(rollId, by);
		await(this.writer.submit(new Change.Discard(classId, rollId, by)));
	}

	/**
	 * Ends the roll of a class. If none is open and none is named, it hands over the
	 * oldest waiting sheet.
	 * @param classId the class
	 * @param which the roll that is meant
	 * @param by the teacher who ends it
	 * @return its sheet; for a named roll that has ended already, the same sheet again
	 * while it is kept
	 * @throws ProblemException if none is open, if only another one than the named one is
	 * open, or if it is another teacher's; an open roll stays as it is
	 * @throws StoreUnavailableException if it is not certain that it was ended
	 */
	Sheet end(ClassId classId, RollMatch which, Teacher by) {
		return await(this.writer.submit(new Change.End(classId.value(), which, by)));
	}

	private static <T> T await(CompletableFuture<T> answer) {
		try {
			return answer.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException refusal) {
				throw refusal;
			}
			throw new IllegalStateException(ex.getCause());
		}
		catch (TimeoutException ex) {
			throw StoreUnavailableException.failed();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw StoreUnavailableException.failed();
		}
	}

}
