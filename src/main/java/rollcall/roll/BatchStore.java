package rollcall.roll;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** The operations of the rules on the database, all in one transaction. */
interface BatchStore {

	/** See {@link StoreSession#lock}. */
	long lock(List<Long> classIds, List<Change.OfStudent<?>> students, Map<Long, OpenRow> rolls) throws StoreException;

	/** See {@link StoreSession#lockOwners}. */
	void lockOwners(Collection<String> owners) throws StoreException;

	/**
	 * Counts the open rolls of an owner, including rolls that this transaction started.
	 * @param owner the name of the owner; empty for teachers without a name
	 */
	long countOpen(String owner) throws StoreException;

	/**
	 * Inserts a new open roll.
	 * @param startedAt the start, epoch milliseconds
	 * @param codeKey the secret of its codes; null without one
	 * @throws StoreException of the kind {@code CONFLICT} if another node opened a roll
	 * of the class after this transaction had found none
	 */
	OpenRow start(long classId, UUID rollId, @Nullable String owner, long startedAt, @Nullable String codeKey,
			RollOptions options) throws StoreException;

	/** Writes the options of a roll that were just changed, and its numbers. */
	void setOptions(OpenRow roll) throws StoreException;

	/**
	 * Writes that a roll has ended at its deadline. Its sheet waits.
	 * @param endsAt the deadline, epoch milliseconds
	 */
	void expire(OpenRow roll, long endsAt) throws StoreException;

	/**
	 * Counts presences that were refused because no roll is open, if a roll of the class
	 * has just ended at its deadline.
	 * @param refused the number of refused presences by class
	 * @param since only for rolls that ended after this time, epoch milliseconds
	 */
	void countAfterEnd(Map<Long, Long> refused, long since) throws StoreException;

	/** Writes a student's row that the teacher marked, and the numbers of its roll. */
	void mark(OpenRow roll, StudentRow student) throws StoreException;

	/**
	 * Writes the new arrivals of a roll and ends it.
	 * @param endedAt the end, epoch milliseconds
	 * @return its sheet
	 */
	Sheet end(OpenRow roll, long endedAt) throws StoreException;

	/**
	 * Hands over the sheet of an ended roll of the class, if the teacher may use it.
	 * @param which if it names rolls, the first of them whose sheet is kept is handed
	 * over; otherwise the oldest waiting sheet
	 * @return the sheet; empty if there is none
	 */
	Optional<Sheet> handOver(long classId, RollMatch which, Teacher by) throws StoreException;

	/**
	 * Erases the sheet of an ended roll.
	 * @return false if it is not kept, or the teacher may not use it
	 */
	boolean discard(UUID rollId, Teacher by) throws StoreException;

}
