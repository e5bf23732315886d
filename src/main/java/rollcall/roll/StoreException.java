package rollcall.roll;

import java.sql.SQLException;

/**
 * A failed statement of a session that writes, with its meaning for the batch and the
 * session. Public, because the stores' packages throw it.
 */
public final class StoreException extends Exception {

	private final Kind kind;

	private final transient SQLException sqlException;

	/**
	 * Describes a failure.
	 * @param kind its meaning
	 * @param cause the exception of the driver
	 */
	public StoreException(Kind kind, SQLException cause) {
		super(cause);
		this.kind = kind;
		this.sqlException = cause;
	}

	Kind kind() {
		return this.kind;
	}

	/** The exception of the driver. */
	SQLException sqlException() {
		return this.sqlException;
	}

	/**
	 * What the failure means. Unless the session is lost, nothing of the batch is done.
	 */
	public enum Kind {

		/** Another transaction was in the way. A second attempt may succeed. */
		CONFLICT,

		/**
		 * Another transaction holds a lock for too long, or a statement took too long.
		 */
		BUSY,

		/** The schema refuses one of the changes. */
		REFUSED,

		/** The session is unusable. It is not known whether its commit took effect. */
		LOST

	}

}
