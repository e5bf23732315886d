package rollcall.roll;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

import rollcall.problem.ProblemException;

import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads kept sheets. One statement reads a whole sheet, because the server may erase it
 * at any time.
 */
@Component
class SheetStore {

	/**
	 * Selects the rows for {@link #read}. A condition and {@link #IN_ORDER} must follow.
	 */
	static final String SELECT = """
			SELECT class_id, roll_id, started_at, ended_at,\s""" + RollOptions.COLUMNS + ", " + StudentRow.COLUMNS + """

			FROM roll LEFT JOIN presence ON presence.roll_no = roll.roll_no
			WHERE ended_at IS NOT NULL AND\s""";

	/** The order of first arrival; students who never counted come first. */
	static final String IN_ORDER = " ORDER BY coalesce(first_seq, seq), seq";

	private final JdbcClient jdbc;

	private final RollCallProperties properties;

	SheetStore(DataSource dataSource, RollCallProperties properties) {
		this.jdbc = JdbcClient.create(dataSource);
		this.properties = properties;
	}

	/** The kept sheets that the teacher may use: waiting sheets first, then by age. */
	List<KeptSheet> sheets(Teacher by) {
		return this.jdbc
			.sql("""
					SELECT class_id, roll_id, started_at, ended_at, last_seq - corrections - absent, waiting, due - served, at, after_end
					FROM roll CROSS JOIN served_time
					WHERE ended_at IS NOT NULL AND (? OR owner = ?)
					ORDER BY waiting DESC, roll_no""")
			.params(Arrays.asList(by.admin(), by.name()))
			.query((row, index) -> keptSheet(row))
			.list();
	}

	/**
	 * Reads a sheet.
	 * @throws ProblemException if the sheet is not kept, or belongs to another teacher
	 */
	Sheet sheet(UUID rollId, Teacher by) {
		requireUsable(rollId, by);
		return this.jdbc.sql(SELECT + "roll_id = ?" + IN_ORDER)
			.param(rollId.toString())
			.query((ResultSetExtractor<Optional<Sheet>>) SheetStore::read)
			.orElseThrow(() -> RollRefusals.sheetNotKept(rollId));
	}

	/**
	 * Finds the class of a kept sheet.
	 * @throws ProblemException if the sheet is not kept, or belongs to another teacher
	 */
	long requireUsable(UUID rollId, Teacher by) {
		return this.jdbc.sql("SELECT class_id, owner FROM roll WHERE roll_id = ? AND ended_at IS NOT NULL")
			.param(rollId.toString())
			.query((row, index) -> {
				if (!by.mayUse(row.getString(2))) {
					throw RollRefusals.notYourRoll(row.getLong(1));
				}
				return row.getLong(1);
			})
			.optional()
			.orElseThrow(() -> RollRefusals.sheetNotKept(rollId));
	}

	/** Reads the rows of one sheet; empty if there are none. */
	static Optional<Sheet> read(ResultSet rows) throws SQLException {
		if (!rows.next()) {
			return Optional.empty();
		}
		long classId = rows.getLong(1);
		UUID rollId = UUID.fromString(rows.getString(2));
		Instant startedAt = Instant.ofEpochMilli(rows.getLong(3));
		Instant endedAt = Instant.ofEpochMilli(rows.getLong(4));
		List<String> studentIds = new ArrayList<>();
		RollOptions options = RollOptions.read(rows, 5);
		RollRows students = new RollRows(options);
		do {
			students.read(rows, 8);
		}
		while (rows.next());
		students.presences().forEach((presence) -> studentIds.add(presence.studentId()));
		return Optional.of(new Sheet(classId, rollId, startedAt, endedAt, options.lateAt(), studentIds,
				students.presences(), students.absences()));
	}

	private KeptSheet keptSheet(ResultSet row) throws SQLException {
		boolean waiting = row.getLong(6) == 1;
		Instant endedAt = Instant.ofEpochMilli(row.getLong(4));
		Instant savedAt = Instant.ofEpochMilli(row.getLong(8));
		Instant keptUntil = savedAt.plusMillis(row.getLong(7));
		if (row.wasNull()) {
			// The upkeep has not yet seen the sheet. It does so within a second, and the
			// period begins then.
			Duration period = waiting ? this.properties.waitingSheetRetention()
					: this.properties.closedSheetRetention();
			keptUntil = (savedAt.isAfter(endedAt) ? savedAt : endedAt).plus(period);
		}
		return new KeptSheet(row.getLong(1), UUID.fromString(row.getString(2)), Instant.ofEpochMilli(row.getLong(3)),
				endedAt, row.getLong(5), !waiting, keptUntil, (row.getLong(9) > 0) ? row.getLong(9) : null);
	}

}
