package rollcall.roll;

import java.sql.SQLException;

/**
 * The database of the rolls: the file of one node, or a database that many nodes share.
 * Public, because the packages of the stores implement it.
 */
public interface StoreDatabase {

	/**
	 * Opens a session that writes. It has its own connection, not one of the pool: a pool
	 * waits for a free connection, but the writer must fail at once. A node has one such
	 * session.
	 * @return the session, after a first successful commit
	 * @throws StoreException if the database cannot be written, or could lose committed
	 * data
	 */
	StoreSession open() throws StoreException;

	/** The location of the data for the log at start, without secrets. */
	String place();

	/**
	 * Converts the failure of the first session into a start-up message.
	 * @param cause the exception of the driver
	 * @return the exception that stops the start
	 */
	RuntimeException unusable(SQLException cause);

	/**
	 * Called when a statement failed, on any connection to this database.
	 * @param failure the exception of the driver
	 */
	default void failed(SQLException failure) {
	}

	/**
	 * Whether a failure showed that the data is damaged. Then the server refuses changes,
	 * because they might not be readable later.
	 */
	default boolean isDamaged() {
		return false;
	}

}
