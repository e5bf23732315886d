package rollcall.roll;

import java.sql.SQLException;

/**
 * The database that holds the rolls, as the writer needs it: one node's own file, or one
 * that many nodes share.
 */
interface Database {

	/**
	 * Opens a session that writes, on a connection of its own: a pool would wait for one
	 * where it is better to fail at once. A node has one at a time.
	 * @return the session, which has proved by a first commit that it can write
	 * @throws SQLException if it cannot, or would not keep what it acknowledges
	 */
	WriteSession openWriteSession() throws SQLException;

	/** Where it is, for the report at start; without secrets. */
	String place();

	/** Turns the failure of the first session into a message for the administrator. */
	StoreStartException unusable(SQLException cause);

	/**
	 * Notes that a statement failed, on any connection to this database.
	 * @param failure what the driver threw
	 */
	default void failed(SQLException failure) {
	}

	/**
	 * Whether a failure showed that the data is damaged. Then nothing may be
	 * acknowledged, because nobody may ever be able to read it.
	 */
	default boolean isDamaged() {
		return false;
	}

}
