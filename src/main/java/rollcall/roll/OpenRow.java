package rollcall.roll;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An open roll inside a transaction: its row, and the new presences, which are numbered
 * here and written together before the commit. Public, because the packages of the stores
 * read and write it.
 */
public final class OpenRow {

	/** The columns that {@link #readAll} reads. */
	public static final String COLUMNS = "class_id, roll_no, roll_id, owner, started_at, last_seq, last_at";

	private final long classId;

	private final long rollNo;

	private final UUID rollId;

	private final @Nullable String owner;

	private final long startedAt;

	/** Recording times of this batch's students, epoch milliseconds, by student id. */
	private final Map<String, Long> times = new HashMap<>();

	private final List<String> newPresences = new ArrayList<>();

	private long lastSeq;

	private long lastAt;

	OpenRow(long classId, long rollNo, UUID rollId, @Nullable String owner, long startedAt, long lastSeq, long lastAt) {
		this.classId = classId;
		this.rollNo = rollNo;
		this.rollId = rollId;
		this.owner = owner;
		this.startedAt = startedAt;
		this.lastSeq = lastSeq;
		this.lastAt = lastAt;
	}

	/**
	 * Reads rows with the columns {@link #COLUMNS}.
	 * @param rows the rows; the cursor is before the first one
	 * @param rolls receives the rolls by class
	 * @return the same map
	 */
	public static Map<Long, OpenRow> readAll(ResultSet rows, Map<Long, OpenRow> rolls) throws SQLException {
		while (rows.next()) {
			OpenRow roll = read(rows);
			rolls.put(roll.classId(), roll);
		}
		return rolls;
	}

	/**
	 * Reads which students are already recorded.
	 * @param rows rows with the columns {@code class_id, roll_no, student_id, at}
	 * @param rolls the open rolls by class, which remember the students
	 * @return the same map
	 */
	public static Map<Long, OpenRow> readRecorded(ResultSet rows, Map<Long, OpenRow> rolls) throws SQLException {
		while (rows.next()) {
			OpenRow roll = rolls.get(rows.getLong(1));
			if (roll != null && roll.rollNo() == rows.getLong(2)) {
				roll.remember(rows.getString(3), rows.getLong(4));
			}
		}
		return rolls;
	}

	private static OpenRow read(ResultSet row) throws SQLException {
		return new OpenRow(row.getLong(1), row.getLong(2), UUID.fromString(row.getString(3)), row.getString(4),
				row.getLong(5), row.getLong(6), row.getLong(7));
	}

	long classId() {
		return this.classId;
	}

	/** The primary key of the roll's row. */
	public long rollNo() {
		return this.rollNo;
	}

	UUID rollId() {
		return this.rollId;
	}

	@Nullable String owner() {
		return this.owner;
	}

	long startedAt() {
		return this.startedAt;
	}

	/** The number of the last presence, 0 before the first. */
	public long lastSeq() {
		return this.lastSeq;
	}

	/**
	 * The time of the last presence, epoch milliseconds. All new presences have it,
	 * because a transaction has one time.
	 */
	public long lastAt() {
		return this.lastAt;
	}

	/**
	 * The ids of the new students in order of their numbers. The last one has the number
	 * {@link #lastSeq}.
	 */
	public List<String> newPresences() {
		return Collections.unmodifiableList(this.newPresences);
	}

	/** The student's recording time, epoch milliseconds; null if not recorded. */
	@Nullable Long timeOf(String studentId) {
		return this.times.get(studentId);
	}

	/** Remembers a student who was recorded by an earlier transaction. */
	void remember(String studentId, long at) {
		this.times.put(studentId, at);
	}

	/**
	 * Adds a student with the next number.
	 * @param studentId a student who is not recorded yet
	 * @param now the time of the transaction, epoch milliseconds
	 * @return the time of the presence, epoch milliseconds
	 */
	long add(String studentId, long now) {
		this.lastSeq++;
		this.lastAt = notBefore(now);
		this.times.put(studentId, this.lastAt);
		this.newPresences.add(studentId);
		return this.lastAt;
	}

	/** The number of students recorded; it equals the last number. */
	long present() {
		return this.lastSeq;
	}

	/**
	 * The given time, or the time of the last presence if that is later. Times in a roll
	 * never go back, even if the clock does.
	 */
	long notBefore(long now) {
		return Math.max(now, this.lastAt);
	}

}
