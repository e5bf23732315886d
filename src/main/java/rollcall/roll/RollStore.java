package rollcall.roll;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads what is committed, and opens the session that writes. Every read is one
 * statement, so that it shows one instant and holds no transaction open: a long one would
 * keep the write-ahead log from being cleared.
 */
@Component
class RollStore {

	private final HikariDataSource dataSource;

	private final JdbcClient jdbc;

	private final Clock clock;

	private final RollCallProperties properties;

	RollStore(HikariDataSource dataSource, Clock clock, RollCallProperties properties) {
		this.dataSource = dataSource;
		this.jdbc = JdbcClient.create(dataSource);
		this.clock = clock;
		this.properties = properties;
	}

	Optional<CurrentRoll> currentRoll(long classId, long after, Teacher by) {
		return this.jdbc.sql("""
				SELECT r.roll_id, r.started_at, r.last_seq, p.seq, p.student_id, p.at, r.owner
				FROM roll r LEFT JOIN presence p ON p.roll_no = r.roll_no AND p.seq > ?
				WHERE r.class_id = ? AND r.ended_at IS NULL
				ORDER BY p.seq""")
			.params(after, classId)
			.query((ResultSetExtractor<Optional<CurrentRoll>>) (rows) -> readCurrentRoll(classId, by, rows));
	}

	List<OpenRoll> openRolls(Teacher by) {
		return this.jdbc.sql("""
				SELECT class_id, roll_id, started_at, last_seq
				FROM roll
				WHERE ended_at IS NULL AND (? OR owner = ?)
				ORDER BY class_id""")
			.params(Arrays.asList(by.admin(), by.name()))
			.query((row, index) -> new OpenRoll(row.getLong(1), UUID.fromString(row.getString(2)),
					Instant.ofEpochMilli(row.getLong(3)), row.getLong(4)))
			.list();
	}

	/** Whether the roll is there, open or kept, and open to the teacher. */
	boolean mayUse(UUID rollId, Teacher by) {
		return this.jdbc.sql("SELECT owner FROM roll WHERE roll_id = ?")
			.param(rollId.toString())
			.query((row, index) -> by.mayUse(row.getString(1)))
			.optional()
			.orElse(false);
	}

	/**
	 * Opens a session that writes, on a connection of its own: the pool would wait for
	 * one where it is better to fail at once. There is to be one session at a time.
	 * @return the session, which has proved by a first commit that it can write
	 * @throws SQLException if it cannot, or would not keep what it acknowledges
	 */
	WriteSession openWriteSession() throws SQLException {
		Connection connection = DriverManager.getConnection(this.dataSource.getJdbcUrl(),
				this.dataSource.getDataSourceProperties());
		try {
			return new WriteSession(connection, this.clock, !this.properties.closedSheetRetention().isZero());
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	private static Optional<CurrentRoll> readCurrentRoll(long classId, Teacher by, ResultSet rows) throws SQLException {
		@Nullable UUID rollId = null;
		Instant startedAt = Instant.EPOCH;
		long seq = 0;
		List<Presence> presences = new ArrayList<>();
		while (rows.next()) {
			if (rollId == null) {
				if (!by.mayUse(rows.getString(7))) {
					throw new NotYourRollException(classId);
				}
				rollId = UUID.fromString(rows.getString(1));
				startedAt = Instant.ofEpochMilli(rows.getLong(2));
				seq = rows.getLong(3);
			}
			if (rows.getString(5) != null) {
				presences.add(new Presence(rows.getLong(4), rows.getString(5), Instant.ofEpochMilli(rows.getLong(6))));
			}
		}
		return (rollId != null)
				? Optional.of(new CurrentRoll(classId, rollId, startedAt, RollEvent.topicOf(rollId), seq, presences))
				: Optional.empty();
	}

}
