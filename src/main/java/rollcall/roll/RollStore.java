package rollcall.roll;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads committed rolls. A failed read throws {@link StoreUnavailableException}; only the
 * first failure of an outage is logged. Each read is one statement, so it sees the data
 * of one instant and leaves no transaction open. An open transaction would prevent SQLite
 * from truncating its write-ahead log. Public, because {@code live} asks it who may watch
 * a roll.
 */
@Component
public class RollStore implements MeterBinder {

	private static final Logger logger = LoggerFactory.getLogger(RollStore.class);

	private final JdbcClient jdbc;

	private final StoreDatabase database;

	private final RollCallProperties properties;

	private final StoreClock clock;

	private final RollCodes codes;

	private final AtomicBoolean failing = new AtomicBoolean();

	RollStore(DataSource dataSource, StoreDatabase database, RollCallProperties properties, StoreClock clock,
			RollCodes codes) {
		this.jdbc = JdbcClient.create(dataSource);
		this.database = database;
		this.properties = properties;
		this.clock = clock;
		this.codes = codes;
	}

	/** Registers a gauge. It queries the store each time the metrics are read. */
	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("rollcall.rolls.open", this, RollStore::countOpen)
			.description("open rolls in the store, which all nodes share")
			.register(registry);
	}

	/**
	 * Logs the location and the open rolls at start, so that an administrator notices a
	 * wrong folder or lost data.
	 */
	@EventListener(ApplicationStartedEvent.class)
	void report() {
		String rolls = read(() -> this.jdbc.sql("""
				SELECT count(DISTINCT r.roll_no), count(p.student_id)
				FROM roll r LEFT JOIN presence p ON p.roll_no = r.roll_no
				WHERE r.ended_at IS NULL""")
			.query((row, index) -> row.getLong(1) + ", with presences: " + row.getLong(2))
			.single());
		logger.info("Store: {}; open rolls found: {}", this.database.place(), rolls);
	}

	/**
	 * Reads the open roll of a class.
	 * @param after only students with a larger number are read
	 * @param by the teacher who reads
	 * @return the roll, empty if none is open
	 * @throws rollcall.problem.ProblemException if the roll belongs to another teacher
	 */
	Optional<CurrentRoll> currentRoll(long classId, long after, Teacher by) {
		return read(() -> this.jdbc
			.sql("""
					SELECT roll_id, started_at, last_seq, corrections, owner,\s""" + RollOptions.COLUMNS + ", "
					+ StudentRow.COLUMNS + """

							FROM roll LEFT JOIN presence ON presence.roll_no = roll.roll_no AND seq > ?
							WHERE class_id = ? AND ended_at IS NULL
							ORDER BY seq""")
			.params(after, classId)
			.query((ResultSetExtractor<Optional<CurrentRoll>>) (rows) -> readCurrentRoll(classId, by, rows)));
	}

	/**
	 * The codes of the open roll of a class to show now and next.
	 * @throws rollcall.problem.ProblemException if no roll is open, if it belongs to
	 * another teacher, or if it requires no code
	 */
	ShownCodes codes(long classId, Teacher by) {
		return read(() -> this.jdbc
			.sql("SELECT roll_id, owner, code_required, code_key FROM roll WHERE class_id = ? AND ended_at IS NULL")
			.param(classId)
			.query((row, index) -> {
				if (!by.mayUse(row.getString(2))) {
					throw RollRefusals.notYourRoll(classId);
				}
				if (row.getInt(3) == 0) {
					throw RollRefusals.noCode(classId);
				}
				return ShownCodes.at(this.clock.millis(), UUID.fromString(row.getString(1)),
						this.codes.of(row.getString(4)));
			})
			.optional()
			.orElseThrow(() -> RollRefusals.noOpenRoll(classId)));
	}

	/** The secret with which all nodes sign tickets. */
	byte[] ticketKey() {
		return read(() -> HexFormat.of()
			.parseHex(this.jdbc.sql("SELECT key FROM ticket_key").query(String.class).single()));
	}

	/** The open rolls that the teacher may use, ordered by class. */
	List<OpenRoll> openRolls(Teacher by) {
		return read(() -> this.jdbc.sql("""
				SELECT class_id, roll_id, started_at, last_seq - corrections - absent,\s""" + RollOptions.COLUMNS + """

				FROM roll
				WHERE ended_at IS NULL AND (? OR owner = ?)
				ORDER BY class_id""")
			.params(Arrays.asList(by.admin(), by.name()))
			.query((row, index) -> readOpenRoll(row))
			.list());
	}

	/** The open roll that a projector's page shows; empty if its address is not valid. */
	Optional<ProjectedRoll> projected(ProjectorToken token) {
		return read(() -> this.jdbc
			.sql("SELECT class_id, last_seq - corrections - absent, roll_id, code_key, " + RollOptions.COLUMNS + """

					FROM projector JOIN roll USING (roll_no)
					WHERE token = ? AND ended_at IS NULL""")
			.param(token.hash())
			.query((row, index) -> readProjectedRoll(row))
			.optional());
	}

	/** How long students may answer; empty if the class has no open roll. */
	Optional<TimesLeft> timesLeft(long classId) {
		return read(() -> this.jdbc
			.sql("SELECT " + RollOptions.COLUMNS + " FROM roll WHERE class_id = ? AND ended_at IS NULL")
			.param(classId)
			.query((row, index) -> TimesLeft.at(this.clock.millis(), RollOptions.read(row, 1)))
			.optional());
	}

	/** Whether the store can be read; blocks until the database has answered. */
	boolean isReadable() {
		return !Double.isNaN(countOpen());
	}

	/** The number of open rolls; NaN if the store cannot be read. */
	double countOpen() {
		try {
			return read(
					() -> this.jdbc.sql("SELECT count(*) FROM roll WHERE ended_at IS NULL").query(Long.class).single());
		}
		catch (StoreUnavailableException ex) {
			return Double.NaN;
		}
	}

	/**
	 * Whether the roll is open or its sheet is kept, and the teacher may use it.
	 * @throws StoreUnavailableException if the store cannot be read
	 */
	public boolean mayWatch(UUID rollId, Teacher by) {
		return read(() -> this.jdbc.sql("SELECT owner FROM roll WHERE roll_id = ?")
			.param(rollId.toString())
			.query((row, index) -> by.mayUse(row.getString(1)))
			.optional()
			.orElse(false));
	}

	private <T> T read(Supplier<T> query) {
		try {
			T result = query.get();
			if (this.failing.compareAndSet(true, false)) {
				logger.info("The store can be read again");
			}
			return result;
		}
		catch (DataAccessException ex) {
			if (ex.getMostSpecificCause() instanceof SQLException cause) {
				this.database.failed(cause);
			}
			if (!this.database.isDamaged() && this.failing.compareAndSet(false, true)) {
				logger.warn("The store cannot be read", ex);
			}
			throw StoreUnavailableException.failed();
		}
	}

	private static OpenRoll readOpenRoll(ResultSet row) throws SQLException {
		RollOptions options = RollOptions.read(row, 5);
		return new OpenRoll(row.getLong(1), UUID.fromString(row.getString(2)), Instant.ofEpochMilli(row.getLong(3)),
				options.lateAt(), options.endsAt(), options.shownCode(), row.getLong(4));
	}

	private ProjectedRoll readProjectedRoll(ResultSet row) throws SQLException {
		long now = this.clock.millis();
		RollOptions options = RollOptions.read(row, 5);
		ShownCodes codes = options.code()
				? ShownCodes.at(now, UUID.fromString(row.getString(3)), this.codes.of(row.getString(4))) : null;
		return new ProjectedRoll(row.getLong(1), row.getLong(2), TimesLeft.at(now, options).endsInMs(), codes);
	}

	private Optional<CurrentRoll> readCurrentRoll(long classId, Teacher by, ResultSet rows) throws SQLException {
		if (!rows.next()) {
			return Optional.empty();
		}
		if (!by.mayUse(rows.getString(5))) {
			throw RollRefusals.notYourRoll(classId);
		}
		UUID rollId = UUID.fromString(rows.getString(1));
		Instant startedAt = Instant.ofEpochMilli(rows.getLong(2));
		long seq = rows.getLong(3);
		Boolean full = (seq - rows.getLong(4) >= this.properties.maxStudentsPerRoll()) ? true : null;
		RollOptions options = RollOptions.read(rows, 6);
		RollRows students = new RollRows(options);
		do {
			students.read(rows, 9);
		}
		while (rows.next());
		return Optional.of(new CurrentRoll(classId, rollId, startedAt, options.lateAt(), options.endsAt(),
				options.shownCode(), RollEvent.topicOf(rollId), seq, full, students.presences(), students.absences()));
	}

}
