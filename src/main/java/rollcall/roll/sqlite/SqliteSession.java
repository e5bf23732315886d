package rollcall.roll.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import rollcall.roll.Change;
import rollcall.roll.OpenRow;
import rollcall.roll.RollEvent;
import rollcall.roll.Statements;
import rollcall.roll.StoreException;
import rollcall.roll.StoreSession;
import rollcall.roll.StudentRow;

/**
 * Writes the embedded store. It is the only writer. It passes many rows to SQLite as one
 * JSON array: with one statement for each row, the writer needed a sixth more time.
 */
final class SqliteSession implements StoreSession {

	/**
	 * How long the upkeep waits for other readers of the file. Presences wait for the
	 * upkeep, and a backup that reads for minutes must not block them.
	 */
	private static final Duration TIDY_UP_WAIT = Duration.ofMillis(50);

	private static final Duration OPEN_WAIT = Duration.ofSeconds(5);

	private final Statements statements;

	private final Clock clock;

	private final RewritePause pause;

	/**
	 * Whether the database file may contain copies of erased rows. True at first, because
	 * the previous session may have failed before it removed them.
	 */
	private boolean erased = true;

	/** Whether the log must be truncated, because it may hold copies of erased rows. */
	private boolean truncationDue;

	/**
	 * Makes a first commit, which shows that the store can be written.
	 * @param connection a connection with all settings in force
	 * @param clock the time of presences
	 * @param pause decides when the file may be rewritten
	 */
	SqliteSession(Connection connection, Clock clock, RewritePause pause) throws StoreException, SQLException {
		this.statements = new Statements(connection, SqliteErrors::kind);
		this.clock = clock;
		this.pause = pause;
		// After a failed fsync the log may hold commits that are not on the disk.
		// No later commit may follow them, so the log is emptied first.
		if (!truncateLog(OPEN_WAIT)) {
			throw new SQLException("The write-ahead log could not be cleared: another process is reading it");
		}
		begin();
		this.statements.update("UPDATE probe SET at = ?", now());
		this.statements.execute("COMMIT");
	}

	@Override
	public Statements statements() {
		return this.statements;
	}

	@Override
	public long now() {
		return this.clock.millis();
	}

	@Override
	public long lock(List<Long> classIds, List<Change.OfStudent<?>> students, Map<Long, OpenRow> rolls)
			throws StoreException {
		begin();
		this.statements.query(
				"SELECT " + OpenRow.COLUMNS
						+ " FROM json_each(?) AS asked CROSS JOIN roll WHERE class_id = value AND ended_at IS NULL",
				(rows) -> OpenRow.readAll(rows, rolls), classIds.toString());
		JsonRows asked = new JsonRows();
		for (Change.OfStudent<?> change : students) {
			asked.row(change.classId(), change.studentId());
		}
		this.statements.query("SELECT class_id, roll_no, " + StudentRow.COLUMNS + """

				FROM json_each(?) AS asked CROSS JOIN roll CROSS JOIN presence USING (roll_no)
				WHERE class_id = value ->> 0 AND ended_at IS NULL AND student_id = value ->> 1""",
				(rows) -> OpenRow.readRecorded(rows, rolls), asked.toString());
		return now();
	}

	@Override
	public void insert(OpenRow roll) throws StoreException {
		insert(List.of(roll));
	}

	@Override
	public List<RollEvent> commit(List<OpenRow> changed, List<RollEvent> events) throws StoreException {
		if (!changed.isEmpty()) {
			insert(changed);
			JsonRows numbers = new JsonRows();
			for (OpenRow roll : changed) {
				numbers.row(roll.rollNo(), roll.lastSeq(), roll.lastAt());
			}
			this.statements.update("""
					UPDATE roll SET last_seq = value ->> 1, last_at = value ->> 2
					FROM json_each(?)
					WHERE roll_no = value ->> 0""", numbers.toString());
		}
		this.statements.execute("COMMIT");
		return events;
	}

	@Override
	public boolean beginUpkeep() throws StoreException {
		begin();
		return true;
	}

	/** Empty, because there is no other writer. */
	@Override
	public String lockClause() {
		return "";
	}

	@Override
	public void erased() {
		this.erased = true;
	}

	/** Removes erased rows from all files: the database and the write-ahead log. */
	@Override
	public void tidyUp(boolean idle) throws StoreException {
		if (this.erased && this.pause.isOver(idle)) {
			this.statements.clear();
			this.pause.began();
			this.erased = !rewrite();
			this.pause.ended(!this.erased);
			this.truncationDue = true;
		}
		// If a reader blocks this, the next upkeep tries again.
		this.truncationDue = this.truncationDue && !truncateLog(TIDY_UP_WAIT);
	}

	/** Whether a file may still contain erased rows. For tests. */
	boolean needsTidyingUp() {
		return this.erased || this.truncationDue;
	}

	/**
	 * Begins a transaction and takes the write lock at once. A transaction that takes the
	 * lock later can fail with a conflict, and waiting does not solve it. The driver's
	 * own transactions (without auto-commit) would begin right after each commit and hold
	 * the lock while the writer is idle.
	 */
	private void begin() throws StoreException {
		this.statements.execute("BEGIN IMMEDIATE");
	}

	private void insert(List<OpenRow> rolls) throws StoreException {
		JsonRows presences = new JsonRows();
		for (OpenRow roll : rolls) {
			for (StudentRow student : roll.arrivals()) {
				presences.row(roll.rollNo(), student.studentId(), student.seq(), student.at());
			}
		}
		this.statements.update("""
				INSERT INTO presence (roll_no, student_id, seq, at)
				SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3
				FROM json_each(?)""", presences.toString());
	}

	/**
	 * Moves the write-ahead log into the database and truncates it.
	 * @param wait how long to wait for readers that block this
	 * @return false if a reader blocked it
	 */
	private boolean truncateLog(Duration wait) throws StoreException {
		Connection connection = this.statements.connection();
		try {
			SqliteSettings.pragma(connection, "busy_timeout = " + wait.toMillis());
			boolean truncated = "0".equals(SqliteSettings.pragma(connection, "wal_checkpoint(TRUNCATE)"));
			SqliteSettings.pragma(connection, "busy_timeout = " + SqliteSettings.BUSY_TIMEOUT_MS);
			return truncated;
		}
		catch (SQLException ex) {
			throw this.statements.failure(ex);
		}
	}

	/**
	 * Rewrites the database file from its rows. To delete rows is not enough: SQLite
	 * moves rows between pages, and copies of them stay in unused parts of the pages,
	 * even with {@code secure_delete}. No prepared statement may be open.
	 * @return false if the disk has not enough space, or if another process blocks it
	 */
	private boolean rewrite() throws StoreException {
		try (Statement statement = this.statements.connection().createStatement()) {
			statement.execute("VACUUM");
			return true;
		}
		catch (SQLException ex) {
			if (SqliteErrors.code(ex) == SqliteErrors.FULL || SqliteErrors.code(ex) == SqliteErrors.BUSY) {
				return false;
			}
			throw this.statements.failure(ex);
		}
	}

	/**
	 * Builds a JSON array of arrays. Student ids contain no character that JSON must
	 * escape.
	 */
	private static final class JsonRows {

		private final StringBuilder text = new StringBuilder("[");

		void row(Object... values) {
			char separator = '[';
			if (this.text.length() > 1) {
				this.text.append(',');
			}
			for (Object value : values) {
				this.text.append(separator);
				if (value instanceof String) {
					this.text.append('"').append(value).append('"');
				}
				else {
					this.text.append(value);
				}
				separator = ',';
			}
			this.text.append(']');
		}

		@Override
		public String toString() {
			return this.text + "]";
		}

	}

}
