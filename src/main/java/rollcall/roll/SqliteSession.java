package rollcall.roll;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Writes the embedded store, whose only writer it is. Many rows go to SQLite as one JSON
 * array: a statement for each took a sixth more of the writer's time.
 */
final class SqliteSession extends WriteSession {

	/**
	 * Presences wait meanwhile; a backup that reads for minutes must not hold them up.
	 */
	private static final Duration SCRUB_PATIENCE = Duration.ofMillis(50);

	private static final Duration OPEN_PATIENCE = Duration.ofSeconds(5);

	private final Clock clock;

	private final RewritePause pause;

	/**
	 * Whether the file may hold copies of what was erased; at first because a session
	 * before this one may have been cut off.
	 */
	private boolean erased = true;

	/** Whether only the write-ahead log may. */
	private boolean rewritten;

	SqliteSession(Connection connection, Clock clock, RollCallProperties properties, RewritePause pause,
			LongSupplier nanos) throws SQLException {
		super(connection, properties, nanos);
		this.clock = clock;
		this.pause = pause;
		Sqlite.requireDurable(connection);
		// What a failed fsync left in the log is on no disk, yet later commits would
		// follow it.
		if (!Sqlite.truncateLog(connection, OPEN_PATIENCE)) {
			throw new SQLException("The write-ahead log could not be cleared: another process is reading it");
		}
		begin();
		statement("UPDATE probe SET at = ?", clock.millis()).executeUpdate();
		statement("COMMIT").execute();
	}

	@Override
	Failure failure(SQLException ex) {
		return Sqlite.isConstraintViolation(ex) ? Failure.REFUSED : Failure.LOST;
	}

	/** Leaves erased rows in no file: neither the database nor the write-ahead log. */
	@Override
	void tidyUp(boolean idle) throws SQLException {
		if (this.erased && this.pause.isOver(idle)) {
			closeStatements();
			this.pause.began();
			this.erased = !Sqlite.rewrite(connection());
			this.pause.ended(!this.erased);
			this.rewritten = true;
		}
		// A reader may be in the way for a moment.
		this.rewritten = this.rewritten && !Sqlite.truncateLog(connection(), SCRUB_PATIENCE);
	}

	/** Whether rows were erased that may still be in some file. */
	boolean needsTidyingUp() {
		return this.erased || this.rewritten;
	}

	@Override
	long begin(Collection<Long> classIds, List<Change.Arrival> arrivals) throws SQLException {
		begin();
		try (ResultSet rows = statement(
				"SELECT " + OpenRow.COLUMNS
						+ " FROM json_each(?) AS asked CROSS JOIN roll WHERE class_id = value AND ended_at IS NULL",
				classIds.toString())
			.executeQuery()) {
			while (rows.next()) {
				found(rows);
			}
		}
		JsonRows asked = new JsonRows();
		for (Change.Arrival arrival : arrivals) {
			asked.row(arrival.classId(), arrival.studentId());
		}
		try (ResultSet rows = statement("""
				SELECT class_id, roll_no, student_id, at
				FROM json_each(?) AS asked CROSS JOIN roll CROSS JOIN presence USING (roll_no)
				WHERE class_id = value ->> 0 AND ended_at IS NULL AND student_id = value ->> 1""", asked.toString())
			.executeQuery()) {
			while (rows.next()) {
				recorded(rows.getLong(1), rows.getLong(2), rows.getString(3), rows.getLong(4));
			}
		}
		return now();
	}

	@Override
	void commit(List<OpenRow> changed, List<RollEvent> events) throws SQLException {
		if (!changed.isEmpty()) {
			insert(changed);
			JsonRows numbers = new JsonRows();
			for (OpenRow roll : changed) {
				numbers.row(roll.rollNo(), roll.lastSeq(), roll.lastAt());
			}
			statement("""
					UPDATE roll SET last_seq = value ->> 1, last_at = value ->> 2
					FROM json_each(?)
					WHERE roll_no = value ->> 0""", numbers.toString()).executeUpdate();
		}
		statement("COMMIT").execute();
	}

	@Override
	void insert(OpenRow roll) throws SQLException {
		insert(List.of(roll));
	}

	@Override
	boolean beginUpkeep() throws SQLException {
		begin();
		return true;
	}

	@Override
	void erased() {
		this.erased = true;
	}

	@Override
	String lockClause() {
		return "";
	}

	@Override
	long now() {
		return this.clock.millis();
	}

	/**
	 * Takes the write lock with the first statement: to take it later could fail in a way
	 * that no waiting mends. The driver would take it after every commit, for an idle
	 * hour.
	 */
	private void begin() throws SQLException {
		statement("BEGIN IMMEDIATE").execute();
	}

	private void insert(List<OpenRow> rolls) throws SQLException {
		JsonRows presences = new JsonRows();
		for (OpenRow roll : rolls) {
			long seq = roll.lastSeq() - roll.fresh().size();
			for (String studentId : roll.fresh()) {
				presences.row(roll.rollNo(), studentId, ++seq, roll.lastAt());
			}
		}
		statement("""
				INSERT INTO presence (roll_no, student_id, seq, at)
				SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3
				FROM json_each(?)""", presences.toString()).executeUpdate();
	}

	/**
	 * An array of arrays. A student id is quoted without escapes: its characters need
	 * none.
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
