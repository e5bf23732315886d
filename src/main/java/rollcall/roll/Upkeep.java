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
 * Ends rolls whose deadline has come or that stay open too long, and erases sheets whose
 * retention is over, in small steps. A period is measured in {@linkplain ServedTime
 * served time}, not by the clock. It begins when a step first sees the roll in its
 * current state: open, waiting or handed over.
 */
final class Upkeep {

	private static final Logger logger = LoggerFactory.getLogger(Upkeep.class);

	private final StoreSession session;

	private final Statements statements;

	private final RollCallProperties properties;

	private final Eraser eraser;

	private final ServedTime time;

	/**
	 * Creates the upkeep of a session.
	 * @param session the session that writes
	 * @param properties the periods
	 * @param nanos the monotonic time, nanoseconds
	 */
	Upkeep(StoreSession session, RollCallProperties properties, LongSupplier nanos) {
		this.session = session;
		this.statements = session.statements();
		this.properties = properties;
		this.eraser = new Eraser(this.statements);
		this.time = new ServedTime(this.statements, nanos);
	}

	/**
	 * Does a limited part of the work that is due, in its own transaction.
	 * @return the result
	 * @throws StoreException if a statement failed; the transaction may still be open
	 */
	Step step() throws StoreException {
		if (!isDue(this.session.now())) {
			return Step.NOTHING;
		}
		if (!this.session.beginUpkeep()) {
			this.session.rollback();
			return Step.NOTHING;
		}
		long now = this.session.now();
		long served = this.time.read();
		countTimeWithoutServer(this.time.stoppedFor(served, now));
		this.time.save(served, now);
		int startedPeriods = startPeriods(served);
		List<RollEvent> ends = end("ends_at", "ends_at <= ?", now, 0, served);
		ends.addAll(end("last_at", "due <= ?", served, now, served));
		eraseDueSheets(served);
		boolean erased = this.eraser.erasePresences();
		if (erased) {
			this.session.erased();
		}
		List<RollEvent> events = this.session.commit(List.of(), ends);
		return new Step(events, erased || !ends.isEmpty() || startedPeriods == Eraser.MAX_ROLLS);
	}

	/**
	 * Whether a step has work: rows to erase, a period that begins or ends, or time to
	 * save.
	 */
	private boolean isDue(long now) throws StoreException {
		long served = this.time.read();
		return this.statements.query("""
				SELECT EXISTS (SELECT 1 FROM erased_roll)
					OR EXISTS (SELECT 1 FROM roll WHERE due <= ?) OR EXISTS (SELECT 1 FROM roll WHERE due IS NULL)
					OR EXISTS (SELECT 1 FROM roll WHERE ends_at <= ? AND ended_at IS NULL),
					EXISTS (SELECT 1 FROM roll)""", (row) -> {
			row.next();
			return row.getBoolean(1) || (row.getBoolean(2) && this.time.isSaveDue(served, now));
		}, served, now);
	}

	/**
	 * Counts the time without a server for open rolls. The clock, which measures it, may
	 * be wrong, but no data is lost if a roll ends early. The time is not counted for
	 * sheets, because an erased sheet is lost.
	 */
	private void countTimeWithoutServer(long stopped) throws StoreException {
		if (stopped > 0) {
			this.statements.update("UPDATE roll SET due = due - ? WHERE roll_no IN (SELECT roll_no FROM roll"
					+ " WHERE ended_at IS NULL AND due IS NOT NULL" + this.session.lockClause() + ")", stopped);
		}
	}

	/** Starts the period of rolls that are new in their state. Returns their number. */
	private int startPeriods(long served) throws StoreException {
		return this.statements.update(
				"UPDATE roll SET due = ? + CASE WHEN ended_at IS NULL THEN ? WHEN waiting = 1 THEN ? ELSE ? END"
						+ " WHERE roll_no IN (SELECT roll_no FROM roll WHERE due IS NULL LIMIT " + Eraser.MAX_ROLLS
						+ this.session.lockClause() + ")",
				served, this.properties.abandonedAfter().toMillis(), this.properties.waitingSheetRetention().toMillis(),
				this.properties.closedSheetRetention().toMillis());
	}

	/**
	 * Ends open rolls. Their sheets wait.
	 * @param column the column with the time of the end, epoch milliseconds
	 * @param condition the condition for the end, with one parameter
	 * @param limit the parameter
	 * @param earliest the earliest time of an end, epoch milliseconds
	 */
	private List<RollEvent> end(String column, String condition, long limit, long earliest, long served)
			throws StoreException {
		List<Ending> rolls = this.statements.list(
				"SELECT roll_no, class_id, roll_id, last_seq, " + column + " FROM roll WHERE " + condition
						+ " AND ended_at IS NULL LIMIT " + Eraser.MAX_ROLLS + this.session.lockClause(),
				(row) -> Ending.read(row, earliest), limit);
		List<RollEvent> ends = new ArrayList<>(rolls.size());
		for (Ending roll : rolls) {
			long endedAt = roll.end.at().toEpochMilli();
			this.statements.update(
					"UPDATE roll SET last_at = ?, ended_at = ?, waiting = 1, due = ?, code_key = NULL WHERE roll_no = ?",
					endedAt, endedAt, served + this.properties.waitingSheetRetention().toMillis(), roll.rollNo);
			ends.add(roll.end);
		}
		if (!ends.isEmpty()) {
			logger.info("Rolls ended by themselves: {}. Their sheets wait for their teachers.", ends.size());
		}
		return ends;
	}

	private void eraseDueSheets(long served) throws StoreException {
		List<Long> rollNos = this.statements
			.list("SELECT roll_no FROM roll WHERE due <= ? AND ended_at IS NOT NULL LIMIT " + Eraser.MAX_ROLLS
					+ this.session.lockClause(), (row) -> row.getLong(1), served);
		for (long rollNo : rollNos) {
			this.eraser.forget(rollNo);
		}
	}

	/**
	 * The result of a step.
	 *
	 * @param events the events that this node has to publish
	 * @param more whether the next step may have work at once
	 */
	record Step(List<RollEvent> events, boolean more) {

		private static final Step NOTHING = new Step(List.of(), false);

	}

	/** A roll that the server ends, not before its last change. */
	private record Ending(long rollNo, RollEvent end) {

		private static Ending read(ResultSet row, long earliest) throws SQLException {
			return new Ending(row.getLong(1), RollEvent.ended(row.getLong(2), UUID.fromString(row.getString(3)),
					row.getLong(4), Instant.ofEpochMilli(Math.max(earliest, row.getLong(5)))));
		}

	}

}
