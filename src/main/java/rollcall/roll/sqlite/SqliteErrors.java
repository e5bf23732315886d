package rollcall.roll.sqlite;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import rollcall.roll.StoreException.Kind;

/**
 * The meaning of SQLite's error codes. Only the lower eight bits of a code are compared,
 * because the upper bits only name a variant of the error.
 */
final class SqliteErrors {

	static final int BUSY = 5;

	static final int INTERRUPT = 9;

	static final int CORRUPT = 11;

	static final int FULL = 13;

	private static final int PERM = 3;

	private static final int READONLY = 8;

	private static final int CANTOPEN = 14;

	private static final int CONSTRAINT = 19;

	private static final int NOTADB = 26;

	private static final Set<Integer> WRITING_REFUSED = Set.of(PERM, READONLY, FULL, CANTOPEN);

	/**
	 * I/O errors that mean damage. The other I/O errors are failed writes; after them the
	 * writer opens a new session.
	 */
	private static final Set<SQLiteErrorCode> UNREADABLE = EnumSet.of(SQLiteErrorCode.SQLITE_IOERR_READ,
			SQLiteErrorCode.SQLITE_IOERR_SHORT_READ, SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS);

	private SqliteErrors() {
	}

	static Kind kind(SQLException ex) {
		return (code(ex) == CONSTRAINT) ? Kind.REFUSED : Kind.LOST;
	}

	/** Whether the file is damaged, or the disk cannot read it. */
	static boolean isDamage(SQLException ex) {
		return code(ex) == CORRUPT || code(ex) == NOTADB
				|| (ex instanceof SQLiteException sqlite && UNREADABLE.contains(sqlite.getResultCode()));
	}

	/** Whether access rights or a full disk prevent SQLite from writing. */
	static boolean isWritingRefused(Throwable cause) {
		return cause instanceof SQLException ex && WRITING_REFUSED.contains(code(ex));
	}

	static int code(SQLException ex) {
		return ex.getErrorCode() & 0xFF;
	}

}
