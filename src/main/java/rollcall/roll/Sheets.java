package rollcall.roll;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads the sheets of ended rolls inside a transaction that writes.
 */
final class Sheets {

	private final Statements statements;

	Sheets(Statements statements) {
		this.statements = statements;
	}

	/** The kept sheet of a class that is meant, if the teacher may have it. */
	Optional<Sheet> kept(long classId, RollMatch which, Teacher by) throws SQLException {
		for (UUID rollId : which.rollIds()) {
			// Another session's commit may be on this disk only, until a standby has it.
			// A write makes this transaction wait for the standby, too.
			this.statements
				.get("UPDATE roll SET ended_at = ended_at WHERE class_id = ? AND roll_id = ? AND ended_at IS NOT NULL",
						classId, rollId.toString())
				.executeUpdate();
			Optional<Sheet> sheet = read(classId, rollId, by);
			if (sheet.isPresent()) {
				return sheet;
			}
		}
		return Optional.empty();
	}

	/**
	 * Reads a sheet in one statement, because another node may erase it. The sheet of
	 * another teacher's roll is empty.
	 */
	Optional<Sheet> read(long classId, UUID rollId, Teacher by) throws SQLException {
		List<String> studentIds = new ArrayList<>();
		List<Presence> presences = new ArrayList<>();
		try (ResultSet rows = this.statements.get("""
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

}
