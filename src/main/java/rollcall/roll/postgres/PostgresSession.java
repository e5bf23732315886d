package rollcall.roll.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import rollcall.roll.Change;
import rollcall.roll.OpenRow;
import rollcall.roll.RollEvent;
import rollcall.roll.Statements;
import rollcall.roll.StoreException;
import rollcall.roll.StoreException.Kind;
import rollcall.roll.StoreSession;
import rollcall.roll.StudentRow;

/**
 * Writes the shared store, with two round trips for a whole batch: the first one locks
 * and reads, the second one writes, notifies and commits. The writers of all nodes lock
 * the rows of rolls in the order of their classes, so no deadlock is possible. With READ
 * COMMITTED, each statement sees everything that was committed before the statement
 * began, so a read after the lock sees the current state.
 */
final class PostgresSession implements StoreSession {

	/** The usual time to wait for a lock. */
	static final String PATIENT = "SET lock_timeout = '2s'";

	/** Advisory lock key of the node that does the upkeep. */
	static final long UPKEEP = 0x726f6c75;

	/** The time to wait for a lock after a batch has already waited the usual time. */
	private static final String BRIEF = "SET lock_timeout = '100ms'";

	private static final String NOW = "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

	private static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;\n";

	/**
	 * The weakest lock that is enough: rows that refer to the key of a roll are only
	 * inserted under this lock.
	 */
	private static final String LOCK = "SELECT " + OpenRow.COLUMNS
			+ " FROM roll WHERE class_id = ANY (?) AND ended_at IS NULL ORDER BY class_id FOR NO KEY UPDATE;\n";

	/**
	 * Looks up each student by the primary key. With a plain join PostgreSQL would read
	 * all presences of each roll; OFFSET 0 prevents this plan.
	 */
	private static final String RECORDED = """
			SELECT class_id, roll.roll_no,\s""" + StudentRow.COLUMNS + """

			FROM unnest(?::bigint[], ?::text[]) AS asked (class_id, student_id)
			JOIN roll USING (class_id)
			CROSS JOIN LATERAL (SELECT * FROM presence
				WHERE presence.roll_no = roll.roll_no AND presence.student_id = asked.student_id OFFSET 0) AS presence
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

	private static final String NOTIFY = "SELECT pg_notify('" + NotificationCodec.CHANNEL + "', payload)"
			+ " FROM unnest(?::text[]) AS payload;\n";

	/**
	 * Advisory lock key with which nodes of schema version 3 erase. They measure periods
	 * by the clock and erase open rolls. Each newer node holds this lock in shared mode,
	 * so that no older node erases during a rolling upgrade.
	 */
	private static final long ERASING_OF_VERSION_3 = 0x726f6c6c;

	/**
	 * First advisory lock key for the start of a roll; the second one is a hash of the
	 * owner's name.
	 */
	private static final int STARTING = 0x726f6c;

	private final Statements statements;

	/**
	 * Makes a first commit, which shows that the store can be written.
	 * @param connection a connection to a server that does not lose acknowledged commits
	 */
	PostgresSession(Connection connection) throws StoreException {
		this.statements = new Statements(connection, PostgresSession::kind);
		this.statements.execute("SELECT pg_advisory_lock_shared(?)", ERASING_OF_VERSION_3);
		executeCommit("UPDATE probe SET at = (" + NOW + ")");
	}

	@Override
	public Statements statements() {
		return this.statements;
	}

	@Override
	public long now() throws StoreException {
		return this.statements.number(NOW);
	}

	@Override
	public long lock(List<Long> classIds, List<Change.OfStudent<?>> students, Map<Long, OpenRow> rolls)
			throws StoreException {
		long[] askedClasses = new long[students.size()];
		String[] askedStudents = new String[students.size()];
		for (int i = 0; i < askedClasses.length; i++) {
			askedClasses[i] = students.get(i).classId();
			askedStudents[i] = students.get(i).studentId();
		}
		return this.statements.run(BEGIN + LOCK + RECORDED + NOW, (answers) -> {
			answers.execute();
			try (ResultSet rows = next(answers)) {
				OpenRow.readAll(rows, rolls);
			}
			try (ResultSet rows = next(answers)) {
				OpenRow.readRecorded(rows, rolls);
			}
			try (ResultSet row = next(answers)) {
				row.next();
				return row.getLong(1);
			}
		}, classIds.stream().mapToLong(Long::longValue).toArray(), askedClasses, askedStudents);
	}

	@Override
	public void lockOwners(Collection<String> owners) throws StoreException {
		this.statements.execute(
				"SELECT pg_advisory_xact_lock(" + STARTING + ", hashtext(owner)) FROM unnest(?::text[]) AS owner",
				(Object) owners.toArray(String[]::new));
	}

	@Override
	public void insert(OpenRow roll) throws StoreException {
		if (!roll.arrivals().isEmpty()) {
			this.statements.update(INSERT, arrivals(List.of(roll)).toArray());
		}
	}

	/** Returns no events: each node, also this one, gets them as notifications. */
	@Override
	public List<RollEvent> commit(List<OpenRow> changed, List<RollEvent> events) throws StoreException {
		List<Object> parameters = new ArrayList<>();
		StringBuilder sql = new StringBuilder();
		if (!changed.isEmpty()) {
			sql.append(INSERT).append(NUMBER);
			parameters.addAll(arrivals(changed));
			parameters.add(changed.stream().mapToLong((roll) -> roll.rollNo()).toArray());
			parameters.add(changed.stream().mapToLong((roll) -> roll.lastSeq()).toArray());
			parameters.add(changed.stream().mapToLong((roll) -> roll.lastAt()).toArray());
		}
		if (!events.isEmpty()) {
			sql.append(NOTIFY);
			parameters.add(NotificationCodec.encode(events).toArray(String[]::new));
		}
		executeCommit(sql.append("COMMIT").toString(), parameters.toArray());
		return List.of();
	}

	@Override
	public void waitForLocks(boolean briefly) throws StoreException {
		this.statements.execute(briefly ? BRIEF : PATIENT);
	}

	@Override
	public boolean beginUpkeep() throws StoreException {
		this.statements.execute(BEGIN);
		return this.statements.query("SELECT pg_try_advisory_xact_lock(?)", (row) -> {
			row.next();
			return row.getBoolean(1);
		}, UPKEEP);
	}

	@Override
	public String lockClause() {
		return " FOR UPDATE SKIP LOCKED";
	}

	/**
	 * Executes statements that commit. If the wait for the standby was cancelled, a
	 * commit succeeds with a warning: it is on the disk of the primary, but perhaps not
	 * on the standby.
	 * @throws StoreException also if the commit has a warning
	 */
	private void executeCommit(String sql, @Nullable Object... parameters) throws StoreException {
		this.statements.run(sql, (commit) -> {
			boolean rows = commit.execute();
			SQLWarning warning = commit.getWarnings();
			if (warning != null) {
				throw new SQLException("The commit is not certain", warning);
			}
			return rows;
		}, parameters);
	}

	private static Kind kind(SQLException ex) {
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		return switch (state) {
			case "40001", "40P01" -> Kind.CONFLICT;
			// A wait for a lock, or a statement, took too long.
			case "55P03", "57014" -> Kind.BUSY;
			default -> (state.startsWith("22") || state.startsWith("23")) ? Kind.REFUSED : Kind.LOST;
		};
	}

	private static ResultSet next(PreparedStatement statement) throws SQLException {
		while (!statement.getMoreResults()) {
			if (statement.getUpdateCount() < 0) {
				throw new SQLException("The database returned fewer results than statements were sent");
			}
		}
		return statement.getResultSet();
	}

	/** The new arrivals as columns: rolls, students, numbers and times. */
	private static List<Object> arrivals(List<OpenRow> rolls) {
		int size = rolls.stream().mapToInt((roll) -> roll.arrivals().size()).sum();
		long[] rollNos = new long[size];
		String[] studentIds = new String[size];
		long[] seqs = new long[size];
		long[] times = new long[size];
		int i = 0;
		for (OpenRow roll : rolls) {
			for (StudentRow student : roll.arrivals()) {
				rollNos[i] = roll.rollNo();
				studentIds[i] = student.studentId();
				seqs[i] = student.seq();
				times[i] = student.at();
				i++;
			}
		}
		return List.of(rollNos, studentIds, seqs, times);
	}

}
