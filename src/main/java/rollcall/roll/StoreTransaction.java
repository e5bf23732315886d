package rollcall.roll;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The transaction of a batch. It executes the statements that are the same in both
 * stores, and passes the others to the session. When a waiting sheet is handed over, its
 * retention starts again, as for any other sheet that was handed over.
 */
final class StoreTransaction implements BatchStore {

	/** Condition: an ended roll that a teacher may use; parameters: admin, name. */
	private static final String USABLE = " ended_at IS NOT NULL AND (? OR owner = ?) ";

	private final StoreSession session;

	private final Statements statements;

	private final RollCallProperties properties;

	StoreTransaction(StoreSession session, RollCallProperties properties) {
		this.session = session;
		this.statements = session.statements();
		this.properties = properties;
	}

	@Override
	public long lock(List<Long> classIds, List<Change.OfStudent<?>> students, Map<Long, OpenRow> rolls)
			throws StoreException {
		return this.session.lock(classIds, students, rolls);
	}

	@Override
	public void lockOwners(Collection<String> owners) throws StoreException {
		this.session.lockOwners(owners);
	}

	@Override
	public long countOpen(String owner) throws StoreException {
		return this.statements.number("SELECT count(*) FROM roll WHERE coalesce(owner, '') = ? AND ended_at IS NULL",
				owner);
	}

	@Override
	public OpenRow start(long classId, UUID rollId, @Nullable String owner, long startedAt, @Nullable String codeKey,
			RollOptions options) throws StoreException {
		Long rollNo = firstNumber("""
				INSERT INTO roll (roll_id, class_id, owner, started_at, last_seq, last_at, late_at, ends_at,
					code_required, code_key)
				VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?)
				ON CONFLICT (class_id) WHERE ended_at IS NULL DO NOTHING
				RETURNING roll_no""", rollId.toString(), classId, owner, startedAt, startedAt, millis(options.lateAt()),
				millis(options.endsAt()), number(options.code()), codeKey);
		if (rollNo == null) {
			throw new StoreException(StoreException.Kind.CONFLICT,
					new SQLException("Another node has just opened a roll of the class"));
		}
		return new OpenRow(classId, rollNo, rollId, owner, startedAt, codeKey, options);
	}

	@Override
	public void setOptions(OpenRow roll) throws StoreException {
		this.statements.update("""
				UPDATE roll SET last_seq = ?, last_at = ?, corrections = ?, late_at = ?, ends_at = ?,
					times_seq = ?, times_at = ?, code_required = ?, code_key = ?
				WHERE roll_no = ?""", roll.lastSeq(), roll.lastAt(), roll.corrections(),
				millis(roll.options().lateAt()), millis(roll.options().endsAt()), roll.lastSeq(), roll.lastAt(),
				number(roll.options().code()), roll.codeKey(), roll.rollNo());
	}

	@Override
	public void expire(OpenRow roll, long endsAt) throws StoreException {
		this.statements.update(
				"UPDATE roll SET last_at = ?, ended_at = ?, waiting = 1, due = NULL, code_key = NULL WHERE roll_no = ?",
				endsAt, endsAt, roll.rollNo());
	}

	@Override
	public void countAfterEnd(Map<Long, Long> refused, long since) throws StoreException {
		Map<Long, Long> ended = this.statements.query(
				"SELECT class_id, roll_no FROM roll WHERE ended_at = ends_at AND ended_at > ? ORDER BY roll_no",
				StoreTransaction::numbers, since);
		ended.keySet().retainAll(refused.keySet());
		for (Map.Entry<Long, Long> last : ended.entrySet()) {
			this.statements.update("UPDATE roll SET after_end = after_end + ? WHERE roll_no = ?",
					refused.get(last.getKey()), last.getValue());
		}
	}

	private static Map<Long, Long> numbers(ResultSet rows) throws SQLException {
		Map<Long, Long> numbers = new TreeMap<>();
		while (rows.next()) {
			numbers.put(rows.getLong(1), rows.getLong(2));
		}
		return numbers;
	}

	@Override
	public void mark(OpenRow roll, StudentRow student) throws StoreException {
		String mark = (student.mark() != null) ? student.mark().code() : null;
		this.statements.update("""
				INSERT INTO presence (roll_no, student_id, seq, at, first_seq, mark, marked_at)
				VALUES (?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT (roll_no, student_id) DO UPDATE SET seq = excluded.seq, at = excluded.at,
					first_seq = excluded.first_seq, mark = excluded.mark, marked_at = excluded.marked_at""",
				roll.rollNo(), student.studentId(), student.seq(), student.at(), student.firstSeq(), mark,
				student.markedAt());
		this.statements.update(
				"UPDATE roll SET last_seq = ?, last_at = ?, corrections = ?, absent = ? WHERE roll_no = ?",
				roll.lastSeq(), roll.lastAt(), roll.corrections(), roll.absent(), roll.rollNo());
	}

	@Override
	public Sheet end(OpenRow roll, long endedAt) throws StoreException {
		this.session.insert(roll);
		this.statements.update(
				"UPDATE roll SET last_seq = ?, last_at = ?, ended_at = ?, due = NULL, code_key = NULL WHERE roll_no = ?",
				roll.lastSeq(), endedAt, endedAt, roll.rollNo());
		return take(roll.rollNo());
	}

	@Override
	public Optional<Sheet> handOver(long classId, RollMatch which, Teacher by) throws StoreException {
		for (UUID rollId : which.any() ? waiting(classId, by) : which.rollIds()) {
			Optional<Sheet> sheet = handOver(classId, rollId, !which.any(), by);
			if (sheet.isPresent()) {
				return sheet;
			}
		}
		return Optional.empty();
	}

	@Override
	public boolean discard(UUID rollId, Teacher by) throws StoreException {
		Long rollNo = firstNumber("SELECT roll_no FROM roll WHERE roll_id = ? AND" + USABLE, rollId.toString(),
				by.admin(), by.name());
		return rollNo != null && new Eraser(this.statements).forget(rollNo);
	}

	private List<UUID> waiting(long classId, Teacher by) throws StoreException {
		return this.statements.list(
				"SELECT roll_id FROM roll WHERE class_id = ? AND waiting = 1 AND" + USABLE + "ORDER BY roll_no",
				(row) -> UUID.fromString(row.getString(1)), classId, by.admin(), by.name());
	}

	/**
	 * Hands over one sheet. It writes even if no value changes: the commit that handed
	 * the sheet over before may not have reached the standby yet. A transaction that
	 * writes waits for the standby, too. The row stays locked, so that no other node
	 * erases or hands over the sheet.
	 * @param again whether to hand over a sheet that was already handed over
	 */
	private Optional<Sheet> handOver(long classId, UUID rollId, boolean again, Teacher by) throws StoreException {
		Long rollNo = firstNumber("UPDATE roll SET waiting = 0, due = CASE WHEN waiting = 1 THEN NULL ELSE due END"
				+ " WHERE class_id = ? AND roll_id = ? AND (waiting = 1 OR ?) AND" + USABLE + "RETURNING roll_no",
				classId, rollId.toString(), again, by.admin(), by.name());
		return (rollNo != null) ? Optional.of(take(rollNo)) : Optional.empty();
	}

	/** Reads the sheet of a roll that this transaction has ended or locked. */
	private Sheet take(long rollNo) throws StoreException {
		Sheet sheet = this.statements
			.query(SheetStore.SELECT + "roll.roll_no = ?" + SheetStore.IN_ORDER, SheetStore::read, rollNo)
			.orElseThrow();
		if (!this.properties.keepsClosedSheets()) {
			new Eraser(this.statements).forget(rollNo);
		}
		return sheet;
	}

	private static @Nullable Long millis(@Nullable Instant instant) {
		return (instant != null) ? instant.toEpochMilli() : null;
	}

	private static int number(boolean value) {
		return value ? 1 : 0;
	}

	private @Nullable Long firstNumber(String sql, @Nullable Object... parameters) throws StoreException {
		return this.statements.query(sql, StoreTransaction::firstNumber, parameters);
	}

	private static @Nullable Long firstNumber(ResultSet row) throws SQLException {
		return row.next() ? row.getLong(1) : null;
	}

}
