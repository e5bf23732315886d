package rollcall.roll;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends rolls that nobody ended, and erases sheets that were kept long enough, in bounded
 * steps. A period is measured in {@linkplain ServedTime served time} and begins when a
 * step first sees the roll in its present state: no stored time of the clock counts.
 */
final class Upkeep {

	private static final Logger logger = LoggerFactory.getLogger(Upkeep.class);

	private final Statements statements;

	private final RollCallProperties properties;

	private final Eraser eraser;

	private final ServedTime time;

	/**
	 * Prepares nothing yet.
	 * @param statements the statements of the connection that writes
	 * @param properties how long a roll stays
	 * @param eraser takes the rolls whose time is over
	 * @param nanos the time that passes, whatever is done to a clock
	 */
	Upkeep(Statements statements, RollCallProperties properties, Eraser eraser, LongSupplier nanos) {
		this.statements = statements;
		this.properties = properties;
		this.eraser = eraser;
		this.time = new ServedTime(statements, nanos);
	}

	/**
	 * Whether a step has something to do.
	 * @param now what the clock shows, epoch milliseconds
	 */
	boolean isDue(long now) throws SQLException {
		long served = this.time.read();
		try (ResultSet row = this.statements.get("""
				SELECT EXISTS (SELECT 1 FROM erased_roll)
					OR EXISTS (SELECT 1 FROM roll WHERE due <= ?) OR EXISTS (SELECT 1 FROM roll WHERE due IS NULL),
					EXISTS (SELECT 1 FROM roll)""", served).executeQuery()) {
			row.next();
			return row.getBoolean(1) || (row.getBoolean(2) && this.time.isSaveDue(served, now));
		}
	}

	/**
	 * Does a bounded part of what is due, inside a transaction.
	 * @param now what the clock shows, epoch milliseconds
	 * @param lock the clause with which the database locks the rows that it selects
	 */
	Step step(long now, String lock) throws SQLException {
		long served = this.time.read();
		countStop(this.time.stoppedFor(served, now), lock);
		this.time.save(served, now);
		int noticed = notice(served, lock);
		List<RollEvent> ends = endAbandoned(served, now, lock);
		forgetDue(served, lock);
		boolean erased = this.eraser.erasePresences();
		return new Step(ends, erased, erased || !ends.isEmpty() || noticed == Eraser.MAX_ROLLS);
	}

	/**
	 * Time without a server counts for open rolls, as far as the clock tells: their end
	 * loses nothing. For sheets it does not count, because the clock may be wrong.
	 */
	private void countStop(long stopped, String lock) throws SQLException {
		if (stopped > 0) {
			this.statements
				.get("UPDATE roll SET due = due - ? WHERE roll_no IN (SELECT roll_no FROM roll"
						+ " WHERE ended_at IS NULL AND due IS NOT NULL" + lock + ")", stopped)
				.executeUpdate();
		}
	}

	private int notice(long served, String lock) throws SQLException {
		return this.statements.get(
				"UPDATE roll SET due = ? + CASE WHEN ended_at IS NULL THEN ? WHEN waiting = 1 THEN ? ELSE ? END"
						+ " WHERE roll_no IN (SELECT roll_no FROM roll WHERE due IS NULL LIMIT " + Eraser.MAX_ROLLS
						+ lock + ")",
				served, this.properties.abandonedAfter().toMillis(), this.properties.waitingSheetRetention().toMillis(),
				this.properties.closedSheetRetention().toMillis())
			.executeUpdate();
	}

	private List<RollEvent> endAbandoned(long served, long now, String lock) throws SQLException {
		List<Long> rollNos = new ArrayList<>();
		List<RollEvent> ends = new ArrayList<>();
		try (ResultSet rows = this.statements
			.get("SELECT roll_no, class_id, roll_id, last_seq, last_at FROM roll WHERE due <= ? AND ended_at IS NULL"
					+ " LIMIT " + Eraser.MAX_ROLLS + lock, served)
			.executeQuery()) {
			while (rows.next()) {
				rollNos.add(rows.getLong(1));
				Instant endedAt = Instant.ofEpochMilli(Math.max(now, rows.getLong(5)));
				ends.add(new RollEvent(RollEvent.ENDED, rows.getLong(2), UUID.fromString(rows.getString(3)),
						rows.getLong(4), null, endedAt));
			}
		}
		for (int i = 0; i < ends.size(); i++) {
			long endedAt = ends.get(i).at().toEpochMilli();
			this.statements
				.get("UPDATE roll SET last_at = ?, ended_at = ?, waiting = 1, due = ? WHERE roll_no = ?", endedAt,
						endedAt, served + this.properties.waitingSheetRetention().toMillis(), rollNos.get(i))
				.executeUpdate();
		}
		if (!ends.isEmpty()) {
			logger.info("Rolls that ended by themselves: {}. Their sheets wait for their teachers.", ends.size());
		}
		return ends;
	}

	private void forgetDue(long served, String lock) throws SQLException {
		List<Long> rollNos = new ArrayList<>();
		try (ResultSet rows = this.statements
			.get("SELECT roll_no FROM roll WHERE due <= ? AND ended_at IS NOT NULL LIMIT " + Eraser.MAX_ROLLS + lock,
					served)
			.executeQuery()) {
			while (rows.next()) {
				rollNos.add(rows.getLong(1));
			}
		}
		for (long rollNo : rollNos) {
			this.eraser.forget(rollNo);
		}
	}

	/**
	 * What a step did.
	 *
	 * @param ends the ends of rolls that nobody ended
	 * @param erased whether it erased something
	 * @param more whether there may be more to do at once
	 */
	record Step(List<RollEvent> ends, boolean erased, boolean more) {
	}

}
