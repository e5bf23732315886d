package rollcall.roll;

import java.sql.SQLException;

/**
 * The database that holds the rolls: one node's own file, or one that many nodes share.
 * Public, because each store's package implements it.
 */
public interface StoreDatabase {

	/**
	 * Opens a session that writes, on a connection of its own: a pool would wait for a
	 * connection where an immediate failure is better. A node has one such session.
	 * @return the session, which has proved by a first commit that it can write
	 * @throws StoreException if the database cannot be written, or would not keep what it
	 * acknowledges
	 */
	StoreSession open() throws StoreException;

	/** The location of the data, for the report at start; without secrets. */
	String place();

	/** Turns the failure of the first session into a start-up message. */
	RuntimeException unusable(SQLException cause);

	/**
	 * Notes that a statement failed, on any connection to this database.
	 * @param failure the exception of the driver
	 */
	default void failed(SQLException failure) {
	}

	/**
	 * Whether a failure showed that the data is damaged. Then no change is acknowledged,
	 * because it might never be readable.
	 */
	default boolean isDamaged() {
		return false;
	}

}
