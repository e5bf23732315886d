package rollcall.roll.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import rollcall.roll.RollEvent;
import rollcall.roll.RollOptions;
import rollcall.roll.StudentRow;

/**
 * A roll in the tables, from which a node learns the events that it has missed.
 *
 * @param options its present options
 * @param optionsSeq the number of the last change of its options; 0 if they never changed
 * @param optionsAt the time of this change
 * @param endedAt when it ended; null while it is open
 */
record StoredRoll(long rollNo, long classId, UUID rollId, long lastSeq, RollOptions options, long optionsSeq,
		Instant optionsAt, @Nullable Instant endedAt) {

	/** Reads all rolls. */
	static List<StoredRoll> all(Connection connection) throws SQLException {
		List<StoredRoll> all = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet rolls = statement.executeQuery("SELECT roll_no, class_id, roll_id, last_seq, "
						+ RollOptions.COLUMNS + ", times_seq, times_at, ended_at FROM roll")) {
			while (rolls.next()) {
				long ended = rolls.getLong(10);
				Instant endedAt = rolls.wasNull() ? null : Instant.ofEpochMilli(ended);
				all.add(new StoredRoll(rolls.getLong(1), rolls.getLong(2), UUID.fromString(rolls.getString(3)),
						rolls.getLong(4), RollOptions.read(rolls, 5), rolls.getLong(8),
						Instant.ofEpochMilli(rolls.getLong(9)), endedAt));
			}
		}
		return all;
	}

	/**
	 * Reads the events after a number: of each student and of the times only the last
	 * one. A subscriber sees the gap and reads the roll.
	 */
	List<RollEvent> eventsAfter(long seq, Connection connection) throws SQLException {
		List<RollEvent> events = new ArrayList<>();
		try (PreparedStatement statement = connection
			.prepareStatement("SELECT " + StudentRow.COLUMNS + " FROM presence WHERE roll_no = ? AND seq > ?")) {
			statement.setLong(1, this.rollNo);
			statement.setLong(2, seq);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					events.add(RollEvent.ofStudent(this.classId, this.rollId,
							StudentRow.read(rows, 1).shown(this.options)));
				}
			}
		}
		if (this.optionsSeq > seq) {
			events.add(RollEvent.changed(this.classId, this.rollId, this.optionsSeq, this.optionsAt, this.options));
		}
		events.sort(Comparator.comparingLong(RollEvent::seq));
		if (this.endedAt != null) {
			events.add(RollEvent.ended(this.classId, this.rollId, this.lastSeq, this.endedAt));
		}
		return events;
	}

}
