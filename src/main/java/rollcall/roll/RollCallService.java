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
 * The operations of teachers and students on rolls. The writer makes the changes one
 * after the other. Reads see committed data; if the store cannot be read, they throw
 * {@link StoreUnavailableException} or a
 * {@link org.springframework.dao.DataAccessException}.
 */
@Service
public class RollCallService {

	/**
	 * The maximum time that a request waits for its commit. The change may still take
	 * effect later.
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
	 * @param options when students are late, when the roll ends by itself, and whether
	 * presences need a code
	 * @param by the teacher who starts it and owns it from then on
	 * @return the confirmation; the roll is stored on disk
	 * @throws ProblemException if the class has an open roll, which does not change, or
	 * if the teacher has too many open rolls
	 * @throws StoreUnavailableException if the store did not confirm the start; the roll
	 * may be open
	 */
	StartedRoll start(ClassId classId, OptionsRequest options, Teacher by) {
		return await(this.writer.submit(new Change.Start(classId.value(), options, by)));
	}

	/**
	 * Records a student.
	 * @param classId the class
	 * @param studentId the student
	 * @param code the code that the student sent
	 * @return the future receipt. It is a refusal if no roll is open, the code does not
	 * permit it, the roll is full, or the teacher removed the student. The future fails
	 * with {@link StoreUnavailableException} if the store did not confirm the commit. It
	 * is completed on the writer's thread, so callbacks must not block
	 * @throws StoreUnavailableException if the store has failed or too many changes wait;
	 * nothing is recorded then
	 */
	CompletableFuture<PresenceReceipt> record(ClassId classId, StudentId studentId, SentCode code) {
		return this.writer.submit(new Change.Arrival(classId.value(), studentId.value(), code));
	}

	/**
	 * Changes when students are late, when the roll ends by itself, or whether presences
	 * need a code.
	 * @param which the rolls that the request names, or {@link RollMatch#ANY}
	 * @param by the teacher who changes it
	 * @return the roll; the same options again change nothing
	 * @throws ProblemException if no roll is open, if another roll than the named one is
	 * open, if the roll belongs to another teacher, or if the new deadline has come
	 * already
	 * @throws StoreUnavailableException if the store did not confirm the change
	 */
	RollState setOptions(ClassId classId, OptionsRequest options, RollMatch which, Teacher by) {
		return await(this.writer.submit(new OptionsChange(classId.value(), options, which, by)));
	}

	/**
	 * Gives a student of the open roll a status.
	 * @param which the rolls that the request names, or {@link RollMatch#ANY}
	 * @param by the teacher who says it
	 * @return the row of the student; the same status again changes nothing
	 * @throws ProblemException if no roll is open, if another roll than the named one is
	 * open, if the roll belongs to another teacher, or if a new student finds it full
	 * @throws StoreUnavailableException if the store did not confirm the change
	 */
	Presence mark(ClassId classId, StudentId studentId, Status status, RollMatch which, Teacher by) {
		return await(this.writer.submit(new Change.Mark(classId.value(), studentId.value(), status, which, by)));
	}

	/**
	 * Makes a new address of the projector's page for the open roll of a class. The
	 * newest {@value ProjectorStore#MAX_ADDRESSES} addresses of a roll are valid.
	 * @param by the teacher who asks for it
	 * @return the token of the address
	 * @throws ProblemException if no roll is open, or if it belongs to another teacher
	 * @throws StoreUnavailableException if the store did not confirm the change
	 */
	public ProjectorToken addProjector(ClassId classId, Teacher by) {
		ProjectorToken token = ProjectorToken.random();
		await(this.writer.submit(new ProjectorChange(classId.value(), token, by)));
		return token;
	}

	/**
	 * Revokes all addresses of the projector's page of the open roll of a class.
	 * @param by the teacher who revokes them
	 * @throws ProblemException if no roll is open, or if it belongs to another teacher
	 * @throws StoreUnavailableException if the store did not confirm the change
	 */
	public void removeProjectors(ClassId classId, Teacher by) {
		await(this.writer.submit(new ProjectorChange(classId.value(), null, by)));
	}

	/** The open roll that an address shows; empty if the address is not valid. */
	public Optional<ProjectedRoll> projected(ProjectorToken token) {
		return this.store.projected(token);
	}

	/**
	 * Reads the open roll of a class.
	 * @param classId the class
	 * @param after only students with a larger number are read
	 * @param by the teacher who reads
	 * @return the roll, empty if none is open
	 * @throws ProblemException if the roll belongs to another teacher
	 */
	public Optional<CurrentRoll> current(ClassId classId, long after, Teacher by) {
		return this.store.currentRoll(classId.value(), after, by);
	}

	/**
	 * The codes of the open roll of a class to show now and next.
	 * @param by the teacher who shows them
	 * @throws ProblemException if no roll is open, if it belongs to another teacher, or
	 * if it requires no code
	 */
	ShownCodes codes(ClassId classId, Teacher by) {
		return this.store.codes(classId.value(), by);
	}

	/** The open rolls that the teacher may use, ordered by class. */
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
	 * @return the same sheet as {@link #end} returned
	 * @throws ProblemException if the sheet is not kept, or belongs to another teacher
	 */
	Sheet sheet(UUID rollId, Teacher by) {
		return this.sheets.sheet(rollId, by);
	}

	/**
	 * Erases a sheet at once.
	 * @param rollId the roll that ended
	 * @param by the teacher who erases it
	 * @throws ProblemException if the sheet is not kept, or belongs to another teacher
	 * @throws StoreUnavailableException if the store did not confirm the erasing; the
	 * sheet may be erased
	 */
	void discard(UUID rollId, Teacher by) {
		long classId = this.sheets.requireUsable(rollId, by);
		await(this.writer.submit(new Change.Discard(classId, rollId, by)));
	}

	/**
	 * Ends the open roll of a class. If no roll is open and the request names none, it
	 * hands over the oldest waiting sheet of the class.
	 * @param classId the class
	 * @param which the rolls that the request names, or {@link RollMatch#ANY}
	 * @param by the teacher who ends it
	 * @return the sheet; for a named roll that has already ended, the same sheet again
	 * while it is kept
	 * @throws ProblemException if no roll is open, if another roll than the named one is
	 * open, or if the roll belongs to another teacher; an open roll does not change
	 * @throws StoreUnavailableException if the store did not confirm the end; the roll
	 * may have ended
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
