package rollcall.roll;

import java.sql.SQLException;

/**
 * A statement of the writing session failed. The kind says what this means for the batch
 * and the session. Public, because the packages of the stores throw it.
 */
public final class StoreException extends Exception {

	private final Kind kind;

	private final transient SQLException sqlException;

	/**
	 * Creates the exception.
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
	 * The meaning of a failure. Except with {@link #LOST}, no change of the batch took
	 * effect.
	 */
	public enum Kind {

		/** The transaction conflicts with another one. A second attempt may succeed. */
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
