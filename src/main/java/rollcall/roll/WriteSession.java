package rollcall.roll;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The connection that writes. One transaction takes a whole batch: it reads all that the
 * batch asks about, decides, and writes all that is new. The decisions are made here for
 * every database; a subclass takes the locks and reads and writes many rows at once.
 * After a failure that {@linkplain #failure is} {@link Failure#LOST} the session is not
 * used any more, because nothing is certain after a failed fsync.
 */
abstract class WriteSession implements AutoCloseable {

	private final Connection connection;

	private final Statements statements;

	private final RollCallProperties properties;

	private final Eraser eraser;

	private final Upkeep upkeep;

	private final Sheets sheets;

	/**
	 * The open rolls of the batch as this transaction sees them; empty for a class that
	 * has none.
	 */
	private final Map<Long, Optional<OpenRow>> rolls = new TreeMap<>();

	private List<RollEvent> events = new ArrayList<>();

	private long now;

	private int newPresences;

	WriteSession(Connection connection, RollCallProperties properties, LongSupplier nanos) {
		this.connection = connection;
		this.properties = properties;
		this.statements = new Statements(connection);
		this.eraser = new Eraser(this.statements);
		this.upkeep = new Upkeep(this.statements, properties, this.eraser, nanos);
		this.sheets = new Sheets(this.statements, properties, this.eraser);
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
		SortedSet<String> owners = new TreeSet<>();
		for (Change<?> change : ordered) {
			this.rolls.put(change.classId(), Optional.empty());
			if (change instanceof Change.Arrival arrival) {
				arrivals.add(arrival);
			}
			else if (change instanceof Change.Start start) {
				owners.add(ownerKey(start.by()));
			}
		}
		this.now = begin(this.rolls.keySet(), arrivals);
		if (!owners.isEmpty()) {
			holdStarts(owners);
		}
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
			else if (change instanceof Change.Discard discard) {
				discard(discard);
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
	 * Does, in a transaction of its own, a bounded part of the {@linkplain Upkeep
	 * upkeep}.
	 * @return whether there may be more to do at once
	 * @throws SQLException if that failed
	 */
	boolean upkeepStep() throws SQLException {
		this.events = new ArrayList<>();
		if (!this.upkeep.isDue(now())) {
			return false;
		}
		if (!beginUpkeep()) {
			rollback();
			return false;
		}
		Upkeep.Step step = this.upkeep.step(now(), lockClause());
		this.events = step.ends();
		if (step.erased()) {
			erased();
		}
		commit(List.of(), this.events);
		return step.more();
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
	 * Removes the traces that erasing left in the files, outside of a transaction.
	 * @param idle whether nobody waits for the writer at present
	 * @throws SQLException if the session is lost
	 */
	void tidyUp(boolean idle) throws SQLException {
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
	 * Keeps other nodes from starting rolls of these owners until the transaction ends,
	 * so that the number of their open rolls is exact.
	 * @param owners their {@linkplain #ownerKey keys}, in rising order, in which they are
	 * to be locked
	 * @throws SQLException if that failed
	 */
	void holdStarts(Collection<String> owners) throws SQLException {
	}

	/**
	 * Begins a transaction for the upkeep.
	 * @return whether this node may do it; another one may be at it
	 * @throws SQLException if that failed
	 */
	abstract boolean beginUpkeep() throws SQLException;

	/** Called when the transaction has erased rows. */
	void erased() {
	}

	/** The end of a SELECT that locks rows, without those that others have locked. */
	abstract String lockClause();

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
		return this.statements.get(sql, parameters);
	}

	final void closeStatements() throws SQLException {
		this.statements.close();
	}

	final Connection connection() {
		return this.connection;
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
		if (openRolls(start.by()) >= RollCallProperties.MAX_OPEN_ROLLS) {
			start.refuse(new TooManyRollsException(start.classId()));
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

	private long openRolls(Teacher teacher) throws SQLException {
		try (ResultSet row = statement("SELECT count(*) FROM roll WHERE coalesce(owner, '') = ? AND ended_at IS NULL",
				ownerKey(teacher))
			.executeQuery()) {
			row.next();
			return row.getLong(1);
		}
	}

	/** Teachers without a name count as one. */
	private static String ownerKey(Teacher teacher) {
		return (teacher.name() != null) ? teacher.name() : "";
	}

	private void record(Change.Arrival arrival) {
		Optional<OpenRow> open = open(arrival.classId());
		if (open.isEmpty()) {
			refuse(arrival, PresenceReceipt.NO_OPEN_ROLL);
			return;
		}
		OpenRow roll = open.get();
		Long first = roll.timeOf(arrival.studentId());
		if (first != null) {
			arrival.grant(PresenceReceipt.recorded(roll.classId(), arrival.studentId(), Instant.ofEpochMilli(first)));
			return;
		}
		if (roll.present() >= this.properties.maxStudentsPerRoll()) {
			refuse(arrival, PresenceReceipt.ROLL_FULL);
			return;
		}
		this.newPresences++;
		Instant at = Instant.ofEpochMilli(roll.add(arrival.studentId(), this.now));
		this.events.add(new RollEvent(RollEvent.PRESENCE, roll.classId(), roll.rollId(), roll.lastSeq(),
				arrival.studentId(), at));
		arrival.grant(PresenceReceipt.recorded(roll.classId(), arrival.studentId(), at));
	}

	private void refuse(Change.Arrival arrival, String reason) {
		arrival.grant(PresenceReceipt.refused(arrival.studentId(), Instant.ofEpochMilli(this.now), reason));
	}

	private void end(Change.End end) throws SQLException {
		Optional<OpenRow> open = open(end.classId());
		if (open.isPresent() && end.which().includes(open.get().rollId())) {
			if (end.by().mayUse(open.get().owner())) {
				end.grant(close(open.get()));
			}
			else {
				end.refuse(new NotYourRollException(end.classId()));
			}
			return;
		}
		Optional<Sheet> sheet = this.sheets.handOver(end.classId(), end.which(), end.by());
		if (sheet.isPresent()) {
			end.grant(sheet.get());
		}
		else {
			end.refuse(open.isPresent() ? new AnotherRollOpenException(end.classId())
					: new NoOpenRollException(end.classId()));
		}
	}

	private Sheet close(OpenRow roll) throws SQLException {
		insert(roll);
		long endedAt = roll.notBefore(this.now);
		statement("UPDATE roll SET last_seq = ?, last_at = ?, ended_at = ?, due = NULL WHERE roll_no = ?",
				roll.lastSeq(), endedAt, endedAt, roll.rollNo())
			.executeUpdate();
		Sheet sheet = this.sheets.takeOf(roll.rollNo());
		this.rolls.put(roll.classId(), Optional.empty());
		this.events
			.add(new RollEvent(RollEvent.ENDED, roll.classId(), roll.rollId(), roll.lastSeq(), null, sheet.endedAt()));
		return sheet;
	}

	private void discard(Change.Discard discard) throws SQLException {
		if (this.sheets.discard(discard.rollId(), discard.by())) {
			discard.grant(true);
		}
		else {
			discard.refuse(new SheetNotKeptException(discard.rollId()));
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
