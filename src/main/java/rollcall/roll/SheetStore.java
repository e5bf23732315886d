package rollcall.roll;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the sheets that are kept, as they are committed. Every read of a sheet is one
 * statement, because the sheet may be erased meanwhile.
 */
@Component
class SheetStore {

	private final JdbcClient jdbc;

	private final RollCallProperties properties;

	SheetStore(DataSource dataSource, RollCallProperties properties) {
		this.jdbc = JdbcClient.create(dataSource);
		this.properties = properties;
	}

	/** The sheets that the teacher may use: those that wait first, then by age. */
	List<KeptSheet> sheets(Teacher by) {
		return this.jdbc.sql("""
				SELECT class_id, roll_id, started_at, ended_at, last_seq, waiting, due - served, at
				FROM roll CROSS JOIN served_time
				WHERE ended_at IS NOT NULL AND (? OR owner = ?)
				ORDER BY waiting DESC, roll_no""")
			.params(Arrays.asList(by.admin(), by.name()))
			.query((row, index) -> keptSheet(row))
			.list();
	}

	/**
	 * Reads a sheet.
	 * @throws SheetNotKeptException if it is not kept
	 * @throws NotYourRollException if it is another teacher's
	 */
	Sheet sheet(UUID rollId, Teacher by) {
		requireUsable(rollId, by);
		return this.jdbc.sql(Sheets.SELECT + "roll_id = ?" + Sheets.IN_ORDER)
			.param(rollId.toString())
			.query((ResultSetExtractor<Optional<Sheet>>) Sheets::read)
			.orElseThrow(() -> new SheetNotKeptException(rollId));
	}

	/**
	 * Finds the class of a kept sheet.
	 * @throws SheetNotKeptException if it is not kept
	 * @throws NotYourRollException if it is another teacher's
	 */
	long requireUsable(UUID rollId, Teacher by) {
		return this.jdbc.sql("SELECT class_id, owner FROM roll WHERE roll_id = ? AND ended_at IS NOT NULL")
			.param(rollId.toString())
			.query((row, index) -> {
				if (!by.mayUse(row.getString(2))) {
					throw new NotYourRollException(row.getLong(1));
				}
				return row.getLong(1);
			})
			.optional()
			.orElseThrow(() -> new SheetNotKeptException(rollId));
	}

	private KeptSheet keptSheet(ResultSet row) throws SQLException {
		boolean waiting = row.getLong(6) == 1;
		Instant endedAt = Instant.ofEpochMilli(row.getLong(4));
		Instant savedAt = Instant.ofEpochMilli(row.getLong(8));
		Instant keptUntil = savedAt.plusMillis(row.getLong(7));
		if (row.wasNull()) {
			// The upkeep sees it within a second, and the period begins then.
			Duration period = waiting ? this.properties.waitingSheetRetention()
					: this.properties.closedSheetRetention();
			keptUntil = (savedAt.isAfter(endedAt) ? savedAt : endedAt).plus(period);
		}
		return new KeptSheet(row.getLong(1), UUID.fromString(row.getString(2)), Instant.ofEpochMilli(row.getLong(3)),
				endedAt, row.getLong(5), !waiting, keptUntil);
	}

}
