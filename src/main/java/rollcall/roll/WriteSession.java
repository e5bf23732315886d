package rollcall.roll;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The connection that writes, its statements kept prepared. One transaction takes a whole
 * batch. After an exception the session is of no more use: of a connection whose fsync
 * failed nothing can be believed.
 */
final class WriteSession implements AutoCloseable {

	/**
	 * Presences wait meanwhile; a backup that reads for minutes must not hold them up.
	 */
	private static final Duration SCRUB_PATIENCE = Duration.ofMillis(50);

	private static final Duration OPEN_PATIENCE = Duration.ofSeconds(5);

	private final Connection connection;

	private final Clock clock;

	private final boolean keepsClosedSheets;

	private final Map<String, PreparedStatement> statements = new HashMap<>();

	/** The open rolls as this transaction sees them; empty for a class that has none. */
	private final Map<Long, Optional<RollRow>> rolls = new HashMap<>();

	private List<RollEvent> events = new ArrayList<>();

	private boolean erased;

	WriteSession(Connection connection, Clock clock, boolean keepsClosedSheets) throws SQLException {
		this.connection = connection;
		this.clock = clock;
		this.keepsClosedSheets = keepsClosedSheets;
		Sqlite.requireDurable(connection);
		// What a failed fsync left in the log is on no disk, yet later commits would
		// follow it.
		if (!Sqlite.truncateLog(connection, OPEN_PATIENCE)) {
			throw new SQLException("The write-ahead log could not be cleared: another process is reading it");
		}
		begin();
		statement("UPDATE probe SET at = ?", clock.millis()).executeUpdate();
		commit();
	}

	/**
	 * Decides the outcomes of a batch, in its order, in a transaction that stays open
	 * until {@link #commit()}.
	 * @param batch the changes; each has its outcome afterwards, but is not settled
	 * @return the events to publish once the transaction is committed, in order
	 * @throws SQLException if the store failed; nothing of the batch is done then
	 */
	List<RollEvent> apply(List<Change<?>> batch) throws SQLException {
		this.rolls.clear();
		this.events = new ArrayList<>(batch.size());
		begin();
		for (Change<?> change : batch) {
			if (change instanceof Change.Arrival arrival) {
				record(arrival);
			}
			else if (change instanceof Change.Start start) {
				start(start);
			}
			else if (change instanceof Change.End end) {
				end(end);
			}
		}
		for (Optional<RollRow> roll : this.rolls.values()) {
			if (roll.isPresent() && roll.get().changed) {
				statement("UPDATE roll SET last_seq = ?, last_at = ? WHERE roll_no = ?", roll.get().lastSeq,
						roll.get().lastAt, roll.get().rollNo)
					.executeUpdate();
			}
		}
		return this.events;
	}

	/**
	 * Puts the transaction on the disk.
	 * @throws SQLException if that failed, or may have failed
	 */
	void commit() throws SQLException {
		statement("COMMIT").execute();
	}

	void rollback() throws SQLException {
		statement("ROLLBACK").execute();
	}

	/**
	 * Erases, in a transaction of its own, the sheets that were kept long enough and the
	 * rolls that were forgotten.
	 * @param closedSheetRetention how long the sheet of an ended roll is kept
	 * @param abandonedAfter how long a roll may be open
	 * @return the ends of the forgotten rolls
	 * @throws SQLException if the store failed
	 */
	List<RollEvent> eraseExpired(Duration closedSheetRetention, Duration abandonedAfter) throws SQLException {
		List<RollEvent> ends = new ArrayList<>();
		Instant now = Instant.ofEpochMilli(this.clock.millis());
		List<Long> expired = new ArrayList<>();
		try (ResultSet rows = statement("""
				SELECT roll_no, class_id, roll_id, last_seq, ended_at IS NULL
				FROM roll
				WHERE ended_at <= ? OR (ended_at IS NULL AND started_at <= ?)""",
				now.minus(closedSheetRetention).toEpochMilli(), now.minus(abandonedAfter).toEpochMilli())
			.executeQuery()) {
			while (rows.next()) {
				expired.add(rows.getLong(1));
				if (rows.getBoolean(5)) {
					ends.add(new RollEvent(RollEvent.ENDED, rows.getLong(2), UUID.fromString(rows.getString(3)),
							rows.getLong(4), null, now));
				}
			}
		}
		if (!expired.isEmpty()) {
			begin();
			for (long rollNo : expired) {
				erase(rollNo);
			}
			commit();
		}
		return ends;
	}

	/** Whether rows were erased whose bytes may still be in the write-ahead log. */
	boolean needsScrub() {
		return this.erased;
	}

	/**
	 * Clears the write-ahead log, so that erased rows are in no file any more.
	 * @return whether it is cleared; a reader may be in the way for a moment
	 * @throws SQLException if the store failed
	 */
	boolean scrub() throws SQLException {
		boolean cleared = Sqlite.truncateLog(this.connection, SCRUB_PATIENCE);
		this.erased = this.erased && !cleared;
		return cleared;
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

	/**
	 * Takes the write lock with the first statement: to take it later could fail in a way
	 * that no waiting mends. The driver would take it after every commit, for an idle
	 * hour.
	 */
	private void begin() throws SQLException {
		statement("BEGIN IMMEDIATE").execute();
	}

	private void start(Change.Start start) throws SQLException {
		Optional<RollRow> open = openRoll(start.classId());
		if (open.isPresent()) {
			start.refuse(new RollAlreadyOpenException(start.classId(), Instant.ofEpochMilli(open.get().startedAt)));
			return;
		}
		long now = this.clock.millis();
		try (ResultSet row = statement("""
				INSERT INTO roll (roll_id, class_id, started_at, last_seq, last_at, owner)
				VALUES (?, ?, ?, 0, ?, ?) RETURNING roll_no""", start.rollId().toString(), start.classId(), now, now,
				start.by().name())
			.executeQuery()) {
			row.next();
			this.rolls.put(start.classId(), Optional
				.of(new RollRow(row.getLong(1), start.classId(), start.rollId(), start.by().name(), now, 0, now)));
		}
		start.grant(new StartedRoll(start.classId(), start.rollId(), Instant.ofEpochMilli(now),
				RollEvent.topicOf(start.rollId())));
	}

	private void record(Change.Arrival arrival) throws SQLException {
		Optional<RollRow> open = openRoll(arrival.classId());
		if (open.isEmpty()) {
			arrival.grant(PresenceReceipt.refused(arrival.studentId(), Instant.ofEpochMilli(this.clock.millis())));
			return;
		}
		RollRow roll = open.get();
		long at = roll.notBefore(this.clock.millis());
		int inserted = statement("""
				INSERT INTO presence (roll_no, student_id, seq, at) VALUES (?, ?, ?, ?)
				ON CONFLICT (roll_no, student_id) DO NOTHING""", roll.rollNo, arrival.studentId(), roll.lastSeq + 1, at)
			.executeUpdate();
		if (inserted == 0) {
			arrival.grant(PresenceReceipt.recorded(roll.classId, arrival.studentId(),
					Instant.ofEpochMilli(firstRecorded(roll, arrival.studentId()))));
			return;
		}
		roll.lastSeq++;
		roll.lastAt = at;
		roll.changed = true;
		Instant instant = Instant.ofEpochMilli(at);
		this.events.add(new RollEvent(RollEvent.PRESENCE, roll.classId, roll.rollId, roll.lastSeq, arrival.studentId(),
				instant));
		arrival.grant(PresenceReceipt.recorded(roll.classId, arrival.studentId(), instant));
	}

	private long firstRecorded(RollRow roll, String studentId) throws SQLException {
		try (ResultSet row = statement("SELECT at FROM presence WHERE roll_no = ? AND student_id = ?", roll.rollNo,
				studentId)
			.executeQuery()) {
			row.next();
			return row.getLong(1);
		}
	}

	private void end(Change.End end) throws SQLException {
		Optional<RollRow> open = openRoll(end.classId());
		if (open.isPresent() && end.which().includes(open.get().rollId)) {
			if (end.by().mayUse(open.get().owner)) {
				end.grant(close(open.get()));
			}
			else {
				end.refuse(new NotYourRollException(end.classId()));
			}
			return;
		}
		Optional<Sheet> kept = keptSheet(end.classId(), end.which(), end.by());
		if (kept.isPresent()) {
			end.grant(kept.get());
		}
		else {
			end.refuse(open.isPresent() ? new AnotherRollOpenException(end.classId())
					: new NoOpenRollException(end.classId()));
		}
	}

	private Sheet close(RollRow roll) throws SQLException {
		long endedAt = roll.notBefore(this.clock.millis());
		statement("UPDATE roll SET last_seq = ?, last_at = ?, ended_at = ? WHERE roll_no = ?", roll.lastSeq, endedAt,
				endedAt, roll.rollNo)
			.executeUpdate();
		Sheet sheet = sheet(roll, endedAt);
		if (!this.keepsClosedSheets) {
			erase(roll.rollNo);
		}
		this.rolls.put(roll.classId, Optional.empty());
		this.events.add(new RollEvent(RollEvent.ENDED, roll.classId, roll.rollId, roll.lastSeq, null, sheet.endedAt()));
		return sheet;
	}

	/** The sheet of another teacher's roll is, to this one, not there. */
	private Optional<Sheet> keptSheet(long classId, RollMatch which, Teacher by) throws SQLException {
		for (UUID rollId : which.rollIds()) {
			try (ResultSet row = statement("""
					SELECT roll_no, started_at, last_seq, ended_at, owner
					FROM roll
					WHERE class_id = ? AND roll_id = ? AND ended_at IS NOT NULL""", classId, rollId.toString())
				.executeQuery()) {
				if (row.next() && by.mayUse(row.getString(5))) {
					long endedAt = row.getLong(4);
					return Optional.of(sheet(new RollRow(row.getLong(1), classId, rollId, row.getString(5),
							row.getLong(2), row.getLong(3), endedAt), endedAt));
				}
			}
		}
		return Optional.empty();
	}

	private Sheet sheet(RollRow roll, long endedAt) throws SQLException {
		List<String> studentIds = new ArrayList<>();
		List<Presence> presences = new ArrayList<>();
		try (ResultSet rows = statement("SELECT seq, student_id, at FROM presence WHERE roll_no = ? ORDER BY seq",
				roll.rollNo)
			.executeQuery()) {
			while (rows.next()) {
				studentIds.add(rows.getString(2));
				presences.add(new Presence(rows.getLong(1), rows.getString(2), Instant.ofEpochMilli(rows.getLong(3))));
			}
		}
		return new Sheet(roll.classId, roll.rollId, Instant.ofEpochMilli(roll.startedAt), Instant.ofEpochMilli(endedAt),
				studentIds, presences);
	}

	private void erase(long rollNo) throws SQLException {
		statement("DELETE FROM presence WHERE roll_no = ?", rollNo).executeUpdate();
		statement("DELETE FROM roll WHERE roll_no = ?", rollNo).executeUpdate();
		this.erased = true;
	}

	private Optional<RollRow> openRoll(long classId) throws SQLException {
		Optional<RollRow> known = this.rolls.get(classId);
		if (known == null) {
			known = selectOpenRoll(classId);
			this.rolls.put(classId, known);
		}
		return known;
	}

	private Optional<RollRow> selectOpenRoll(long classId) throws SQLException {
		try (ResultSet row = statement("""
				SELECT roll_no, roll_id, started_at, last_seq, last_at, owner
				FROM roll
				WHERE class_id = ? AND ended_at IS NULL""", classId).executeQuery()) {
			return row.next() ? Optional.of(new RollRow(row.getLong(1), classId, UUID.fromString(row.getString(2)),
					row.getString(6), row.getLong(3), row.getLong(4), row.getLong(5))) : Optional.empty();
		}
	}

	private PreparedStatement statement(String sql, @Nullable Object... parameters) throws SQLException {
		PreparedStatement statement = this.statements.get(sql);
		if (statement == null) {
			statement = this.connection.prepareStatement(sql);
			this.statements.put(sql, statement);
		}
		for (int i = 0; i < parameters.length; i++) {
			if (parameters[i] instanceof Long number) {
				statement.setLong(i + 1, number);
			}
			else {
				statement.setString(i + 1, (String) parameters[i]);
			}
		}
		return statement;
	}

	/**
	 * An open roll inside a transaction; numbered here, written back once before the
	 * commit.
	 */
	private static final class RollRow {

		private final long rollNo;

		private final long classId;

		private final UUID rollId;

		private final @Nullable String owner;

		private final long startedAt;

		private long lastSeq;

		private long lastAt;

		private boolean changed;

		RollRow(long rollNo, long classId, UUID rollId, @Nullable String owner, long startedAt, long lastSeq,
				long lastAt) {
			this.rollNo = rollNo;
			this.classId = classId;
			this.rollId = rollId;
			this.owner = owner;
			this.startedAt = startedAt;
			this.lastSeq = lastSeq;
			this.lastAt = lastAt;
		}

		/** Time in a roll never falls, whatever is done to the machine's clock. */
		long notBefore(long now) {
			return Math.max(now, this.lastAt);
		}

	}

}
