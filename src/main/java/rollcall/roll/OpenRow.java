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
 * An open roll inside a transaction: its row, and the new arrivals, which are numbered
 * here and written together before the commit. Public, because the packages of the stores
 * read and write it.
 */
public final class OpenRow {

	/** The columns that {@link #readAll} reads. */
	public static final String COLUMNS = "class_id, roll_no, roll_id, owner, started_at, last_seq, last_at,"
			+ " corrections, absent, code_key, " + RollOptions.COLUMNS;

	private final long classId;

	private final long rollNo;

	private final UUID rollId;

	private final @Nullable String owner;

	private final long startedAt;

	/** The rows of this batch's students, by student id. */
	private final Map<String, StudentRow> students = new HashMap<>();

	private final List<StudentRow> arrivals = new ArrayList<>();

	private long lastSeq;

	private long lastAt;

	private long corrections;

	private long absent;

	private @Nullable String codeKey;

	private RollOptions options;

	/** Creates the row of a new roll. */
	OpenRow(long classId, long rollNo, UUID rollId, @Nullable String owner, long startedAt, @Nullable String codeKey,
			RollOptions options) {
		this(classId, rollNo, rollId, owner, startedAt, 0, startedAt, 0, 0, codeKey, options);
	}

	OpenRow(long classId, long rollNo, UUID rollId, @Nullable String owner, long startedAt, long lastSeq, long lastAt,
			long corrections, long absent, @Nullable String codeKey, RollOptions options) {
		this.classId = classId;
		this.rollNo = rollNo;
		this.rollId = rollId;
		this.owner = owner;
		this.startedAt = startedAt;
		this.lastSeq = lastSeq;
		this.lastAt = lastAt;
		this.corrections = corrections;
		this.absent = absent;
		this.codeKey = codeKey;
		this.options = options;
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
	 * Reads which students the rolls already have.
	 * @param rows rows with the columns {@code class_id, roll_no} and
	 * {@link StudentRow#COLUMNS}
	 * @param rolls the open rolls by class, which remember the students
	 * @return the same map
	 */
	public static Map<Long, OpenRow> readRecorded(ResultSet rows, Map<Long, OpenRow> rolls) throws SQLException {
		while (rows.next()) {
			OpenRow roll = rolls.get(rows.getLong(1));
			if (roll != null && roll.rollNo() == rows.getLong(2)) {
				roll.remember(StudentRow.read(rows, 3));
			}
		}
		return rolls;
	}

	private static OpenRow read(ResultSet row) throws SQLException {
		return new OpenRow(row.getLong(1), row.getLong(2), UUID.fromString(row.getString(3)), row.getString(4),
				row.getLong(5), row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9), row.getString(10),
				RollOptions.read(row, 11));
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

	/** The number of the last change, 0 before the first. */
	public long lastSeq() {
		return this.lastSeq;
	}

	/** The time of the last change, epoch milliseconds. */
	public long lastAt() {
		return this.lastAt;
	}

	/** The number of changes that added no student. */
	long corrections() {
		return this.corrections;
	}

	/** The number of students who are marked as absent or excused. */
	long absent() {
		return this.absent;
	}

	/** The number of students of the roll, also those who do not count. */
	long size() {
		return this.lastSeq - this.corrections;
	}

	RollOptions options() {
		return this.options;
	}

	/**
	 * The secret of the roll's codes, as {@link CodeSeries#newKey()} returns it; null if
	 * the roll has never required a code.
	 */
	@Nullable String codeKey() {
		return this.codeKey;
	}

	/**
	 * Changes the options with the next number. The caller must write the row.
	 * @param now the time of the transaction, epoch milliseconds
	 */
	void change(RollOptions options, long now) {
		nextSeq(now);
		this.corrections++;
		this.options = options;
		this.codeKey = keyFor(options, this.codeKey);
	}

	/**
	 * The secret for these options: a new one if a code is required for the first time.
	 */
	static @Nullable String keyFor(RollOptions options, @Nullable String before) {
		return (options.code() && before == null) ? CodeSeries.newKey() : before;
	}

	/** The new students, in order of number. */
	public List<StudentRow> arrivals() {
		return Collections.unmodifiableList(this.arrivals);
	}

	/** The row of a student of this batch; null if the roll does not have the student. */
	@Nullable StudentRow student(String studentId) {
		return this.students.get(studentId);
	}

	/** Remembers a student whom an earlier transaction wrote. */
	void remember(StudentRow student) {
		this.students.put(student.studentId(), student);
	}

	/**
	 * Adds a student with the next number.
	 * @param studentId a student whom the roll does not have
	 * @param now the time of the transaction, epoch milliseconds
	 */
	StudentRow add(String studentId, long now) {
		StudentRow student = StudentRow.arrived(studentId, nextSeq(now), this.lastAt);
		remember(student);
		this.arrivals.add(student);
		return student;
	}

	/**
	 * Gives a student a status with the next number. The caller must write the row.
	 * @param studentId the student; added if the roll does not have the student
	 * @param status the new status
	 * @param now the time of the transaction, epoch milliseconds
	 */
	StudentRow mark(String studentId, Status status, long now) {
		StudentRow before = student(studentId);
		long seq = nextSeq(now);
		if (before != null) {
			this.corrections++;
			this.absent -= before.counts() ? 0 : 1;
			this.arrivals.remove(before);
		}
		else {
			before = new StudentRow(studentId, seq, this.lastAt, 0, null, 0);
		}
		this.absent += status.counts() ? 0 : 1;
		StudentRow student = before.marked(status, seq, this.lastAt);
		remember(student);
		return student;
	}

	/**
	 * The given time, or the time of the last change if that is later. Times in a roll
	 * never go back, even if the clock does.
	 */
	long notBefore(long now) {
		return Math.max(now, this.lastAt);
	}

	private long nextSeq(long now) {
		this.lastAt = notBefore(now);
		return ++this.lastSeq;
	}

}
