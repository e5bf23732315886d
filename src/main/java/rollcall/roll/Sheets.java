package rollcall.roll;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Hands over and discards the sheets of ended rolls, inside a transaction that writes. A
 * sheet that waited is kept as long as any other from the moment it is handed over.
 */
final class Sheets {

	/** Ended rolls that a teacher may use; the parameters are an admin, and a name. */
	private static final String USABLE = " ended_at IS NOT NULL AND (? OR owner = ?) ";

	/** What {@link #read(ResultSet)} reads, up to the condition. */
	static final String SELECT = """
			SELECT class_id, roll_id, started_at, ended_at, seq, student_id, at
			FROM roll LEFT JOIN presence ON presence.roll_no = roll.roll_no
			WHERE ended_at IS NOT NULL AND\s""";

	static final String IN_ORDER = " ORDER BY seq";

	private final Statements statements;

	private final RollCallProperties properties;

	private final Eraser eraser;

	Sheets(Statements statements, RollCallProperties properties, Eraser eraser) {
		this.statements = statements;
		this.properties = properties;
		this.eraser = eraser;
	}

	/**
	 * Hands over the sheet of a class that is meant, if the teacher may have it: of the
	 * rolls that are named the first that is kept, else the oldest one that waits.
	 */
	Optional<Sheet> handOver(long classId, RollMatch which, Teacher by) throws SQLException {
		for (UUID rollId : which.any() ? waiting(classId, by) : which.rollIds()) {
			Optional<Sheet> sheet = handOver(classId, rollId, !which.any(), by);
			if (sheet.isPresent()) {
				return sheet;
			}
		}
		return Optional.empty();
	}

	/**
	 * Reads the sheet of a roll that this transaction has just ended for its teacher, or
	 * locked.
	 */
	Sheet takeOf(long rollNo) throws SQLException {
		Sheet sheet;
		try (ResultSet rows = this.statements.get(SELECT + "roll.roll_no = ?" + IN_ORDER, rollNo).executeQuery()) {
			sheet = read(rows).orElseThrow();
		}
		if (!this.properties.keepsClosedSheets()) {
			this.eraser.forget(rollNo);
		}
		return sheet;
	}

	/**
	 * Takes the sheet out of the store.
	 * @return whether it was there, and the teacher may do so
	 */
	boolean discard(UUID rollId, Teacher by) throws SQLException {
		long rollNo;
		try (ResultSet row = this.statements
			.get("SELECT roll_no FROM roll WHERE roll_id = ? AND" + USABLE, rollId.toString(), by.admin(), by.name())
			.executeQuery()) {
			if (!row.next()) {
				return false;
			}
			rollNo = row.getLong(1);
		}
		return this.eraser.forget(rollNo);
	}

	/** The sheet of the rows that {@link #SELECT} gives; empty if there is none. */
	static Optional<Sheet> read(ResultSet rows) throws SQLException {
		if (!rows.next()) {
			return Optional.empty();
		}
		long classId = rows.getLong(1);
		UUID rollId = UUID.fromString(rows.getString(2));
		Instant startedAt = Instant.ofEpochMilli(rows.getLong(3));
		Instant endedAt = Instant.ofEpochMilli(rows.getLong(4));
		List<String> studentIds = new ArrayList<>();
		List<Presence> presences = new ArrayList<>();
		do {
			String studentId = rows.getString(6);
			if (studentId != null) {
				studentIds.add(studentId);
				presences.add(new Presence(rows.getLong(5), studentId, Instant.ofEpochMilli(rows.getLong(7))));
			}
		}
		while (rows.next());
		return Optional.of(new Sheet(classId, rollId, startedAt, endedAt, studentIds, presences));
	}

	private List<UUID> waiting(long classId, Teacher by) throws SQLException {
		List<UUID> rollIds = new ArrayList<>();
		try (ResultSet rows = this.statements
			.get("SELECT roll_id FROM roll WHERE class_id = ? AND waiting = 1 AND" + USABLE + "ORDER BY roll_no",
					classId, by.admin(), by.name())
			.executeQuery()) {
			while (rows.next()) {
				rollIds.add(UUID.fromString(rows.getString(1)));
			}
		}
		return rollIds;
	}

	/**
	 * Writes always: another session's commit may be on this disk only, until a standby
	 * has it, and a write makes this transaction wait for the standby, too. The row is
	 * locked from then on, so that no other node erases or hands over the sheet.
	 */
	private Optional<Sheet> handOver(long classId, UUID rollId, boolean again, Teacher by) throws SQLException {
		long rollNo;
		try (ResultSet row = this.statements
			.get("UPDATE roll SET waiting = 0, due = CASE WHEN waiting = 1 THEN NULL ELSE due END"
					+ " WHERE class_id = ? AND roll_id = ? AND (waiting = 1 OR ?) AND" + USABLE + "RETURNING roll_no",
					classId, rollId.toString(), again, by.admin(), by.name())
			.executeQuery()) {
			if (!row.next()) {
				return Optional.empty();
			}
			rollNo = row.getLong(1);
		}
		return Optional.of(takeOf(rollNo));
	}

}
