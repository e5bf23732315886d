package rollcall.roll;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A connection that writes. It locks, reads, writes and commits a whole batch at once, in
 * the way its database does this best. After {@link StoreException.Kind#LOST} it is not
 * used any more, because nothing is certain after a failed fsync. Public, because each
 * store's package implements it.
 */
public interface StoreSession extends AutoCloseable {

	/** The statements of the connection. */
	Statements statements();

	/** The current time, epoch milliseconds. */
	long now() throws StoreException;

	/**
	 * Begins a transaction that locks the open rolls of these classes against all other
	 * writers, and reads them.
	 * @param classIds the classes in rising order, in which their rolls are locked
	 * @param arrivals students of these classes; those who are recorded already are
	 * {@linkplain OpenRow#readRecorded remembered} by their rolls
	 * @param rolls receives the open rolls by class
	 * @return the time, epoch milliseconds, read while the locks were held
	 */
	long lock(List<Long> classIds, List<Change.Arrival> arrivals, Map<Long, OpenRow> rolls) throws StoreException;

	/**
	 * Keeps other nodes from starting rolls of these owners until the transaction ends,
	 * so that the number of their open rolls is exact.
	 * @param owners the names of the owners, in rising order
	 */
	default void lockOwners(Collection<String> owners) throws StoreException {
	}

	/** Writes the new presences of a roll, before its end reads them. */
	void insert(OpenRow roll) throws StoreException;

	/**
	 * Writes the new presences and commits.
	 * @param changed the rolls that have new presences
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
	 * Sets how long the session waits for locks that others hold.
	 * @param briefly true for a moment, false for the usual time
	 */
	default void waitForLocks(boolean briefly) throws StoreException {
	}

	/**
	 * Begins a transaction for the {@linkplain Upkeep upkeep}.
	 * @return whether this node may do it; false while another node does
	 */
	boolean beginUpkeep() throws StoreException;

	/**
	 * The end of a SELECT that locks its rows and skips those that others have locked.
	 */
	String lockClause();

	/** Called when the current transaction has erased rows. */
	default void erased() {
	}

	/**
	 * Removes traces of erased rows from the files, outside of a transaction.
	 * @param idle whether the writer has had nothing to do for a while
	 */
	default void tidyUp(boolean idle) throws StoreException {
	}

	@Override
	default void close() throws StoreException {
		statements().close();
	}

}
