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
 * The row of an open roll inside a transaction: its presences are numbered here and
 * written once, before the commit.
 */
final class OpenRow {

	/** What {@link #read} reads, in its order. */
	static final String COLUMNS = "class_id, roll_no, roll_id, owner, started_at, last_seq, last_at";

	private final long classId;

	private final long rollNo;

	private final UUID rollId;

	private final @Nullable String owner;

	private final long startedAt;

	/** Recording times of this batch's students, by id. */
	private final Map<String, Long> times = new HashMap<>();

	private final List<String> fresh = new ArrayList<>();

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

	static OpenRow read(ResultSet row) throws SQLException {
		return new OpenRow(row.getLong(1), row.getLong(2), UUID.fromString(row.getString(3)), row.getString(4),
				row.getLong(5), row.getLong(6), row.getLong(7));
	}

	long classId() {
		return this.classId;
	}

	long rollNo() {
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

	long lastSeq() {
		return this.lastSeq;
	}

	/** The time of all that is fresh, for a transaction has one. */
	long lastAt() {
		return this.lastAt;
	}

	/**
	 * The students to be written, in the order of their numbers, of which
	 * {@link #lastSeq} is the last.
	 */
	List<String> fresh() {
		return Collections.unmodifiableList(this.fresh);
	}

	/** When the student was recorded; null if that is not so. */
	@Nullable Long timeOf(String studentId) {
		return this.times.get(studentId);
	}

	void hold(String studentId, long at) {
		this.times.put(studentId, at);
	}

	/**
	 * Adds a student with the next number.
	 * @param studentId who is not recorded yet
	 * @param now the time of the transaction
	 * @return the time of the presence
	 */
	long add(String studentId, long now) {
		this.lastSeq++;
		this.lastAt = notBefore(now);
		this.times.put(studentId, this.lastAt);
		this.fresh.add(studentId);
		return this.lastAt;
	}

	/** How many students are recorded: as many as there are numbers. */
	long present() {
		return this.lastSeq;
	}

	/** Time in a roll never falls, whatever is done to a clock. */
	long notBefore(long now) {
		return Math.max(now, this.lastAt);
	}

}
