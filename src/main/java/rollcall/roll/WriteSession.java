package rollcall.roll;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The connection that writes, its statements kept prepared. One transaction takes a whole
 * batch: it reads all that the batch asks about, decides, and writes all that is new. The
 * decisions are made here for every database; a database says how it takes its locks and
 * how it reads and writes many rows at once. After an exception that {@linkplain #failure
 * is} {@link Failure#LOST}, the session is of no more use: of a connection whose fsync
 * failed nothing can be believed.
 */
abstract class WriteSession implements AutoCloseable {

	/**
	 * How many rolls one transaction erases: presences wait meanwhile.
	 */
	static final int MAX_ERASED = 100;

	private final Connection connection;

	private final boolean keepsClosedSheets;

	private final Map<String, PreparedStatement> statements = new HashMap<>();

	/**
	 * The open rolls of the batch as this transaction sees them; empty for a class that
	 * has none.
	 */
	private final Map<Long, Optional<OpenRow>> rolls = new TreeMap<>();

	private List<RollEvent> events = new ArrayList<>();

	private long now;

	private int newPresences;

	WriteSession(Connection connection, boolean keepsClosedSheets) {
		this.connection = connection;
		this.keepsClosedSheets = keepsClosedSheets;
	}

	/**
	 * Decides the outcomes of a batch, class by class and within a class in its order, in
	 * a transaction that stays open until {@link #commit()} or {@link #rollback()}.
	 * @param batch the changes; each has its outcome afterwards, but is not settled
	 * @throws SQLException if that failed; nothing of the batch is done then
	 */
	void apply(List<Change<?>> batch) throws SQLException {
		this.events = new ArrayList<>(batch.size());
		this.rolls.clear();
		this.newPresences = 0;
		List<Change<?>> ordered = new ArrayList<>(batch);
		ordered.sort(Comparator.comparingLong(Change::classId));
		List<Change.Arrival> arrivals = new ArrayList<>(batch.size());
		for (Change<?> change : ordered) {
			this.rolls.put(change.classId(), Optional.empty());
			if (change instanceof Change.Arrival arrival) {
				arrivals.add(arrival);
			}
		}
		this.now = begin(this.rolls.keySet(), arrivals);
		for (Change<?> change : ordered) {
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
	}

	/**
	 * Puts the transaction on the disk.
	 * @throws SQLException if that failed, or may have failed
	 */
	void commit() throws SQLException {
		List<OpenRow> changed = new ArrayList<>(this.rolls.size());
		for (Optional<OpenRow> roll : this.rolls.values()) {
			if (roll.isPresent() && !roll.get().fresh().isEmpty()) {
				changed.add(roll.get());
			}
		}
		commit(changed, this.events);
	}

	/**
	 * What a transaction has for this node's watchers, in order; to be told once it is
	 * committed.
	 */
	List<RollEvent> events() {
		return this.events;
	}

	/** How many of the batch were recorded that had not been. */
	int newPresences() {
		return this.newPresences;
	}

	/**
	 * Takes the transaction back.
	 * @throws SQLException if the session is lost
	 */
	void rollback() throws SQLException {
		statement("ROLLBACK").execute();
	}

	/**
	 * Erases, in a transaction of its own, the sheets that were kept long enough and the
	 * rolls that were forgotten, {@value #MAX_ERASED} at most.
	 * @param closedSheetRetention how long the sheet of an ended roll is kept
	 * @param abandonedAfter how long a roll may be open
	 * @throws SQLException if that failed
	 */
	void eraseExpired(Duration closedSheetRetention, Duration abandonedAfter) throws SQLException {
		this.events = new ArrayList<>();
		long now = now();
		long endedBy = now - closedSheetRetention.toMillis();
		long startedBy = now - abandonedAfter.toMillis();
		try (ResultSet any = statement("""
				SELECT 1 FROM roll WHERE ended_at <= ? OR (ended_at IS NULL AND started_at <= ?) LIMIT 1""", endedBy,
				startedBy)
			.executeQuery()) {
			if (!any.next()) {
				return;
			}
		}
		List<Long> erased = new ArrayList<>();
		try (ResultSet rows = beginErasing(endedBy, startedBy)) {
			while (rows.next()) {
				erased.add(rows.getLong(1));
				if (rows.getBoolean(5)) {
					this.events.add(new RollEvent(RollEvent.ENDED, rows.getLong(2), UUID.fromString(rows.getString(3)),
							rows.getLong(4), null, Instant.ofEpochMilli(now)));
				}
			}
		}
		for (long rollNo : erased) {
			erase(rollNo);
		}
		commit(List.of(), this.events);
	}

	/** What a failure means for the transaction and for the session. */
	abstract Failure failure(SQLException ex);

	/**
	 * Lets the session wait for what others hold for a moment only, or as long as usual.
	 * @throws SQLException if the session is lost
	 */
	void waitForLocks(boolean briefly) throws SQLException {
	}

	/**
	 * Does what erasing left to do, outside of a transaction.
	 * @throws SQLException if the session is lost
	 */
	void tidyUp() throws SQLException {
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

	/**
	 * Begins a transaction that holds the open rolls of these classes against all other
	 * writers, {@linkplain #found tells} each, and {@linkplain #recorded tells} who of
	 * these students is recorded in one.
	 * @param classIds the classes, in rising order, in which their rolls are to be locked
	 * @param arrivals the students, of some of these classes
	 * @return the time, epoch milliseconds, read when the locks were held
	 * @throws SQLException if that failed
	 */
	abstract long begin(Collection<Long> classIds, List<Change.Arrival> arrivals) throws SQLException;

	/**
	 * Writes what is fresh and commits.
	 * @param changed the rolls that have fresh presences
	 * @param events what the transaction did, in order
	 * @throws SQLException if that failed, or may have failed
	 */
	abstract void commit(List<OpenRow> changed, List<RollEvent> events) throws SQLException;

	/**
	 * Writes the fresh presences of a roll before its end reads them.
	 * @throws SQLException if that failed
	 */
	abstract void insert(OpenRow roll) throws SQLException;

	/**
	 * Begins a transaction that erases, and takes rolls that are due out of others'
	 * hands.
	 * @return number, class, id, last number, and whether it is open, of each
	 * @throws SQLException if that failed
	 */
	abstract ResultSet beginErasing(long endedBy, long startedBy) throws SQLException;

	/** The time, epoch milliseconds. */
	abstract long now() throws SQLException;

	/**
	 * Called by {@link #begin} for each open roll, with the {@linkplain OpenRow#COLUMNS
	 * columns} of its row.
	 */
	final void found(ResultSet row) throws SQLException {
		OpenRow roll = OpenRow.read(row);
		this.rolls.put(roll.classId(), Optional.of(roll));
	}

	/** Called by {@link #begin} for each student who is recorded already. */
	final void recorded(long classId, long rollNo, String studentId, long at) {
		open(classId).filter((roll) -> roll.rollNo() == rollNo).ifPresent((roll) -> roll.hold(studentId, at));
	}

	final PreparedStatement statement(String sql, @Nullable Object... parameters) throws SQLException {
		PreparedStatement statement = this.statements.get(sql);
		if (statement == null) {
			statement = this.connection.prepareStatement(sql);
			this.statements.put(sql, statement);
		}
		for (int i = 0; i < parameters.length; i++) {
			if (parameters[i] instanceof Long number) {
				statement.setLong(i + 1, number);
			}
			else if (parameters[i] instanceof String text) {
				statement.setString(i + 1, text);
			}
			else {
				statement.setObject(i + 1, parameters[i]);
			}
		}
		return statement;
	}

	final void closeStatements() throws SQLException {
		for (PreparedStatement statement : this.statements.values()) {
			statement.close();
		}
		this.statements.clear();
	}

	final Connection connection() {
		return this.connection;
	}

	void erase(long rollNo) throws SQLException {
		statement("DELETE FROM presence WHERE roll_no = ?", rollNo).executeUpdate();
		statement("DELETE FROM roll WHERE roll_no = ?", rollNo).executeUpdate();
	}

	private Optional<OpenRow> open(long classId) {
		return this.rolls.getOrDefault(classId, Optional.empty());
	}

	private void start(Change.Start start) throws SQLException {
		Optional<OpenRow> open = open(start.classId());
		if (open.isPresent()) {
			start.refuse(new RollAlreadyOpenException(start.classId(), Instant.ofEpochMilli(open.get().startedAt())));
			return;
		}
		try (ResultSet row = statement("""
				INSERT INTO roll (roll_id, class_id, owner, started_at, last_seq, last_at)
				VALUES (?, ?, ?, ?, 0, ?)
				ON CONFLICT (class_id) WHERE ended_at IS NULL DO NOTHING
				RETURNING roll_no""", start.rollId().toString(), start.classId(), start.by().name(), this.now, this.now)
			.executeQuery()) {
			if (!row.next()) {
				throw new OvertakenException();
			}
			this.rolls.put(start.classId(), Optional.of(new OpenRow(start.classId(), row.getLong(1), start.rollId(),
					start.by().name(), this.now, 0, this.now)));
		}
		start.grant(new StartedRoll(start.classId(), start.rollId(), Instant.ofEpochMilli(this.now),
				RollEvent.topicOf(start.rollId())));
	}

	private void record(Change.Arrival arrival) {
		Optional<OpenRow> open = open(arrival.classId());
		if (open.isEmpty()) {
			arrival.grant(PresenceReceipt.refused(arrival.studentId(), Instant.ofEpochMilli(this.now)));
			return;
		}
		OpenRow roll = open.get();
		Long first = roll.timeOf(arrival.studentId());
		if (first != null) {
			arrival.grant(PresenceReceipt.recorded(roll.classId(), arrival.studentId(), Instant.ofEpochMilli(first)));
			return;
		}
		this.newPresences++;
		Instant at = Instant.ofEpochMilli(roll.add(arrival.studentId(), this.now));
		this.events.add(new RollEvent(RollEvent.PRESENCE, roll.classId(), roll.rollId(), roll.lastSeq(),
				arrival.studentId(), at));
		arrival.grant(PresenceReceipt.recorded(roll.classId(), arrival.studentId(), at));
	}

	private void end(Change.End end) throws SQLException {
		Optional<OpenRow> open = open(end.classId());
		if (open.isPresent() && end.which().includes(open.get().rollId())) {
			if (end.by().mayUse(open.get().owner())) {
				end.grant(close(open.get(), end.by()));
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

	private Sheet close(OpenRow roll, Teacher by) throws SQLException {
		insert(roll);
		long endedAt = roll.notBefore(this.now);
		statement("UPDATE roll SET last_seq = ?, last_at = ?, ended_at = ? WHERE roll_no = ?", roll.lastSeq(), endedAt,
				endedAt, roll.rollNo())
			.executeUpdate();
		Sheet sheet = sheet(roll.classId(), roll.rollId(), by).orElseThrow();
		if (!this.keepsClosedSheets) {
			erase(roll.rollNo());
		}
		this.rolls.put(roll.classId(), Optional.empty());
		this.events
			.add(new RollEvent(RollEvent.ENDED, roll.classId(), roll.rollId(), roll.lastSeq(), null, sheet.endedAt()));
		return sheet;
	}

	private Optional<Sheet> keptSheet(long classId, RollMatch which, Teacher by) throws SQLException {
		for (UUID rollId : which.rollIds()) {
			// What another session has committed may be on this disk only, until a
			// standby has it. To write makes this transaction wait for that, too.
			statement("UPDATE roll SET ended_at = ended_at WHERE class_id = ? AND roll_id = ? AND ended_at IS NOT NULL",
					classId, rollId.toString())
				.executeUpdate();
			Optional<Sheet> sheet = sheet(classId, rollId, by);
			if (sheet.isPresent()) {
				return sheet;
			}
		}
		return Optional.empty();
	}

	/**
	 * Reads the sheet of an ended roll in one statement: another node may be erasing it.
	 * That of another teacher's roll is, to this one, not there.
	 */
	private Optional<Sheet> sheet(long classId, UUID rollId, Teacher by) throws SQLException {
		List<String> studentIds = new ArrayList<>();
		List<Presence> presences = new ArrayList<>();
		try (ResultSet rows = statement("""
				SELECT owner, started_at, ended_at, seq, student_id, at
				FROM roll LEFT JOIN presence ON presence.roll_no = roll.roll_no
				WHERE class_id = ? AND roll_id = ? AND ended_at IS NOT NULL
				ORDER BY seq""", classId, rollId.toString()).executeQuery()) {
			if (!rows.next() || !by.mayUse(rows.getString(1))) {
				return Optional.empty();
			}
			Instant startedAt = Instant.ofEpochMilli(rows.getLong(2));
			Instant endedAt = Instant.ofEpochMilli(rows.getLong(3));
			do {
				String studentId = rows.getString(5);
				if (studentId != null) {
					studentIds.add(studentId);
					presences.add(new Presence(rows.getLong(4), studentId, Instant.ofEpochMilli(rows.getLong(6))));
				}
			}
			while (rows.next());
			return Optional.of(new Sheet(classId, rollId, startedAt, endedAt, studentIds, presences));
		}
	}

	/** What is to be done about a failure. */
	enum Failure {

		/** Others were in the way, and may not be the next time; nothing is done. */
		CONFLICT,

		/** Somebody holds what one of the classes needs for long; nothing is done. */
		BUSY,

		/** The schema refuses one of the changes; nothing is done. */
		REFUSED,

		/** The session is of no more use; what it was committing may be done or not. */
		LOST

	}

	/**
	 * Another node opened a roll of this class after this transaction had seen that there
	 * was none.
	 */
	static final class OvertakenException extends SQLException {

		OvertakenException() {
			super("Another node opened a roll of the class meanwhile");
		}

	}

}
