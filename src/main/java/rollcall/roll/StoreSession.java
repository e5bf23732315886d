package rollcall.roll;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A connection that writes. It locks, reads, writes and commits a whole batch with few
 * statements. After {@link StoreException.Kind#LOST} it must not be used any more,
 * because after a failed fsync it is unknown what is on the disk. Every method throws
 * {@link StoreException} if a statement failed. Public, because the packages of the
 * stores implement it.
 */
public interface StoreSession extends AutoCloseable {

	/** The statements of the connection. */
	Statements statements();

	/** The current time, epoch milliseconds. */
	long now() throws StoreException;

	/**
	 * Begins a transaction that locks the open rolls of these classes against all other
	 * writers, and reads them.
	 * @param classIds the classes in ascending order; their rolls are locked in this
	 * order
	 * @param students changes of students in these classes; each student whom the roll
	 * already has is {@linkplain OpenRow#readRecorded remembered} by the roll
	 * @param rolls receives the open rolls by class
	 * @return the current time, epoch milliseconds, read after the rolls were locked
	 */
	long lock(List<Long> classIds, List<Change.OfStudent<?>> students, Map<Long, OpenRow> rolls) throws StoreException;

	/**
	 * Keeps other nodes from starting rolls of these owners until the transaction ends,
	 * so that the number of their open rolls is exact.
	 * @param owners the names of the owners, in ascending order
	 */
	default void lockOwners(Collection<String> owners) throws StoreException {
	}

	/** Writes the new arrivals of a roll that ends, before its sheet is read. */
	void insert(OpenRow roll) throws StoreException;

	/**
	 * Writes the new arrivals and commits.
	 * @param changed the rolls that have new arrivals
	 * @param events the events of the transaction, in order
	 * @return the events that this node has to publish; empty if the commit announces
	 * them to all nodes
	 */
	List<RollEvent> commit(List<OpenRow> changed, List<RollEvent> events) throws StoreException;

	/** Rolls the transaction back. */
	default void rollback() throws StoreException {
		statements().execute("ROLLBACK");
	}

	/**
	 * Sets how long the session waits for locks that other transactions hold.
	 * @param briefly true for a short time, false for the usual time
	 */
	default void waitForLocks(boolean briefly) throws StoreException {
	}

	/**
	 * Begins a transaction for the {@linkplain Upkeep upkeep}.
	 * @return whether this node may do it; false while another node does
	 */
	boolean beginUpkeep() throws StoreException;

	/**
	 * The clause at the end of a SELECT that locks its rows and skips rows that other
	 * transactions have locked; empty if the store has only one writer.
	 */
	String lockClause();

	/** Called when the current transaction has erased rows. */
	default void erased() {
	}

	/**
	 * Removes remains of erased rows from the files. Called outside of a transaction.
	 * @param idle whether the writer has had no change for a second
	 */
	default void tidyUp(boolean idle) throws StoreException {
	}

	@Override
	default void close() throws StoreException {
		statements().close();
	}

}
