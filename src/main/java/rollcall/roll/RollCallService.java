package rollcall.roll;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.springframework.stereotype.Service;

/**
 * The roll call: what a teacher and a student can do. Changes go through the writer, one
 * after the other; reads go to what is committed.
 */
@Service
public class RollCallService {

	/**
	 * How long a teacher's request waits for its commit. The change may still be done
	 * after that.
	 */
	static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

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
	 * @param by who starts it, and whose it is from then on
	 * @return the confirmation; the roll is on the disk
	 * @throws RollAlreadyOpenException if one is open, which stays as it is
	 * @throws StoreUnavailableException if it is not certain that it was opened
	 */
	public StartedRoll start(ClassId classId, Teacher by) {
		return await(this.writer.submit(new Change.Start(classId.value(), by)));
	}

	/**
	 * Records a student.
	 * @param classId the class
	 * @param studentId a valid student id
	 * @return the receipt, a refusal if no roll is open, or a
	 * {@link StoreUnavailableException}; completed on the writer's thread, so that what
	 * follows must be quick
	 * @throws StoreUnavailableException if too much is waiting already; nothing is
	 * recorded then
	 */
	public CompletableFuture<PresenceReceipt> record(ClassId classId, String studentId) {
		return this.writer.submit(new Change.Arrival(classId.value(), studentId));
	}

	/**
	 * Reads the open roll of a class.
	 * @param classId the class
	 * @param after only presences with a larger number are wanted
	 * @param by who reads
	 * @return the roll, empty if none is open
	 * @throws NotYourRollException if it is another teacher's
	 */
	public Optional<CurrentRoll> current(ClassId classId, long after, Teacher by) {
		return this.store.currentRoll(classId.value(), after, by);
	}

	/** The open rolls that the teacher may use, by class. */
	public List<OpenRoll> openRolls(Teacher by) {
		return this.store.openRolls(by);
	}

	/** Whether the roll is there, open or kept, and the teacher may follow its events. */
	public boolean mayWatch(UUID rollId, Teacher by) {
		return this.store.mayUse(rollId, by);
	}

	/** The kept sheets that the teacher may use: those that wait first, then by age. */
	List<KeptSheet> sheets(Teacher by) {
		return this.sheets.sheets(by);
	}

	/**
	 * Reads a sheet and changes nothing: a sheet that waits goes on waiting.
	 * @param rollId the roll that ended
	 * @param by who reads
	 * @return the sheet as the end gave it
	 * @throws SheetNotKeptException if it is not kept
	 * @throws NotYourRollException if it is another teacher's
	 */
	Sheet sheet(UUID rollId, Teacher by) {
		return this.sheets.sheet(rollId, by);
	}

	/**
	 * Erases a sheet at once.
	 * @param rollId the roll that ended
	 * @param by who wants that
	 * @throws SheetNotKeptException if it is not kept
	 * @throws NotYourRollException if it is another teacher's
	 * @throws StoreUnavailableException if it is not certain that it was erased
	 */
	void discard(UUID rollId, Teacher by) {
		long classId = this.sheets.requireUsable(rollId, by);
		await(this.writer.submit(new Change.Discard(classId, rollId, by)));
	}

	/**
	 * Ends the roll of a class and forgets it. When none is open and none was named, it
	 * hands over the sheet that waits, the oldest first.
	 * @param classId the class
	 * @param which the roll that is meant
	 * @param by who ends it
	 * @return its sheet; for a roll that was named and has ended already, the same sheet
	 * again while it is kept
	 * @throws NoOpenRollException if none is open
	 * @throws AnotherRollOpenException if another one than was named is open, which stays
	 * as it is
	 * @throws NotYourRollException if it is another teacher's, and stays as it is
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
