package rollcall.roll;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Writes the database that all nodes share, in two trips to it for a whole batch: one
 * that takes the locks and reads under them, and one that writes, notifies and commits. A
 * roll's row is what its writers take turns at, on every node, in the order of the
 * classes: they wait for each other and never in a circle. Under READ COMMITTED each
 * statement sees what was committed before it began, so what is read after the lock is
 * what is true.
 */
final class PostgresSession extends WriteSession {

	static final String NOW = "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

	private static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;\n";

	/**
	 * Nothing refers to a roll's key but under this lock, so that the mildest will do.
	 */
	private static final String LOCK = "SELECT " + OpenRow.COLUMNS
			+ " FROM roll WHERE class_id = ANY (?) AND ended_at IS NULL ORDER BY class_id FOR NO KEY UPDATE;\n";

	/**
	 * A look into the key for each who is asked about: as a plain join PostgreSQL would
	 * read all presences of each roll.
	 */
	private static final String RECORDED = """
			SELECT class_id, roll_no, student_id, at
			FROM unnest(?::bigint[], ?::text[]) AS asked (class_id, student_id)
			JOIN roll USING (class_id)
			CROSS JOIN LATERAL (SELECT at FROM presence
				WHERE presence.roll_no = roll.roll_no AND presence.student_id = asked.student_id OFFSET 0) AS there
			WHERE ended_at IS NULL;
			""";

	private static final String INSERT = """
			INSERT INTO presence (roll_no, student_id, seq, at)
			SELECT * FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::bigint[])""";

	private static final String NUMBER = """
			;
			UPDATE roll SET last_seq = fresh.last_seq, last_at = fresh.last_at
			FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS fresh (roll_no, last_seq, last_at)
			WHERE roll.roll_no = fresh.roll_no;
			""";

	private static final String NOTIFY = "SELECT pg_notify('" + Notifications.CHANNEL + "', payload)"
			+ " FROM unnest(?::text[]) AS payload;\n";

	/** Advisory lock key of the node that does the upkeep. */
	static final long UPKEEP = 0x726f6c75;

	/**
	 * Advisory lock key of the erasing node of schema version 3, which measures by the
	 * clock and erases open rolls. Each newer node holds it, shared, so that during a
	 * rolling upgrade no older node erases.
	 */
	static final long ERASING_OF_VERSION_3 = 0x726f6c6c;

	/** First advisory lock key of an owner whose rolls are being started. */
	private static final int STARTING = 0x726f6c;

	PostgresSession(Connection connection, RollCallProperties properties, LongSupplier nanos) throws SQLException {
		super(connection, properties, nanos);
		Postgres.requireDurable(connection);
		statement("SELECT pg_advisory_lock_shared(?)", ERASING_OF_VERSION_3).execute();
		PreparedStatement probe = statement("UPDATE probe SET at = (" + NOW + ")");
		probe.executeUpdate();
		Postgres.requireNoWarning(probe);
	}

	@Override
	Failure failure(SQLException ex) {
		return (ex instanceof OvertakenException) ? Failure.CONFLICT : Postgres.failure(ex);
	}

	@Override
	void waitForLocks(boolean briefly) throws SQLException {
		Postgres.waitForLocks(connection(), briefly);
	}

	@Override
	long begin(Collection<Long> classIds, List<Change.Arrival> arrivals) throws SQLException {
		long[] askedClasses = new long[arrivals.size()];
		String[] askedStudents = new String[arrivals.size()];
		for (int i = 0; i < askedClasses.length; i++) {
			askedClasses[i] = arrivals.get(i).classId();
			askedStudents[i] = arrivals.get(i).studentId();
		}
		PreparedStatement answers = statement(BEGIN + LOCK + RECORDED + NOW, longs(classIds), askedClasses,
				askedStudents);
		answers.execute();
		try (ResultSet rows = next(answers)) {
			while (rows.next()) {
				found(rows);
			}
		}
		try (ResultSet rows = next(answers)) {
			while (rows.next()) {
				recorded(rows.getLong(1), rows.getLong(2), rows.getString(3), rows.getLong(4));
			}
		}
		try (ResultSet row = next(answers)) {
			row.next();
			return row.getLong(1);
		}
	}

	@Override
	void commit(List<OpenRow> changed, List<RollEvent> events) throws SQLException {
		List<Object> parameters = new ArrayList<>();
		StringBuilder sql = new StringBuilder();
		if (!changed.isEmpty()) {
			sql.append(INSERT).append(NUMBER);
			parameters.addAll(presences(changed));
			parameters.add(changed.stream().mapToLong((roll) -> roll.rollNo()).toArray());
			parameters.add(changed.stream().mapToLong((roll) -> roll.lastSeq()).toArray());
			parameters.add(changed.stream().mapToLong((roll) -> roll.lastAt()).toArray());
		}
		if (!events.isEmpty()) {
			sql.append(NOTIFY);
			parameters.add(Notifications.encode(events).toArray(String[]::new));
		}
		PreparedStatement commit = statement(sql.append("COMMIT").toString(), parameters.toArray());
		commit.execute();
		Postgres.requireNoWarning(commit);
	}

	/** They come to every node, and back to this one, with the commit. */
	@Override
	List<RollEvent> events() {
		return List.of();
	}

	@Override
	void insert(OpenRow roll) throws SQLException {
		if (!roll.fresh().isEmpty()) {
			statement(INSERT, presences(List.of(roll)).toArray()).executeUpdate();
		}
	}

	@Override
	void holdStarts(Collection<String> owners) throws SQLException {
		statement("SELECT pg_advisory_xact_lock(" + STARTING + ", hashtext(owner)) FROM unnest(?::text[]) AS owner",
				(Object) owners.toArray(String[]::new))
			.execute();
	}

	@Override
	boolean beginUpkeep() throws SQLException {
		statement(BEGIN).execute();
		try (ResultSet row = statement("SELECT pg_try_advisory_xact_lock(?)", UPKEEP).executeQuery()) {
			row.next();
			return row.getBoolean(1);
		}
	}

	@Override
	String lockClause() {
		return " FOR UPDATE SKIP LOCKED";
	}

	@Override
	long now() throws SQLException {
		try (ResultSet row = statement(NOW).executeQuery()) {
			row.next();
			return row.getLong(1);
		}
	}

	private static ResultSet next(Statement statement) throws SQLException {
		while (!statement.getMoreResults()) {
			if (statement.getUpdateCount() < 0) {
				throw new SQLException("The database gave fewer answers than it was asked for");
			}
		}
		return statement.getResultSet();
	}

	/** Rolls, students, numbers and times, in columns. */
	private static List<Object> presences(List<OpenRow> rolls) {
		int size = rolls.stream().mapToInt((roll) -> roll.fresh().size()).sum();
		long[] rollNos = new long[size];
		String[] studentIds = new String[size];
		long[] seqs = new long[size];
		long[] times = new long[size];
		int i = 0;
		for (OpenRow roll : rolls) {
			long seq = roll.lastSeq() - roll.fresh().size();
			for (String studentId : roll.fresh()) {
				rollNos[i] = roll.rollNo();
				studentIds[i] = studentId;
				seqs[i] = ++seq;
				times[i] = roll.lastAt();
				i++;
			}
		}
		return List.of(rollNos, studentIds, seqs, times);
	}

	private static long[] longs(Collection<Long> numbers) {
		return numbers.stream().mapToLong(Long::longValue).toArray();
	}

}
