package rollcall.roll;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A store with one session that writes, and the changes that tests apply to it. A
 * subclass opens and closes one of the stores.
 */
abstract class StoreFixture {

	static final long CLASS_ID = 42;

	static final Duration RETENTION = Duration.ofMinutes(15);

	static final Duration WAITING_RETENTION = Duration.ofDays(7);

	static final Duration ABANDONED_AFTER = Duration.ofHours(24);

	static final RollCallProperties DEFAULTS = properties(RETENTION, 10_000);

	final MovableClock clock = new MovableClock();

	final StoreClock storeClock = new StoreClock();

	RollStore store;

	SheetStore sheets;

	TestSession session;

	/** Opens the store on the data that the test has already written. */
	abstract StoreDatabase openStore() throws Exception;

	/** The data source of the opened store, for reading. */
	abstract DataSource dataSource();

	/** The events that subscribers receive from the session's last commit, in order. */
	abstract List<RollEvent> published();

	abstract void closeStore() throws Exception;

	@BeforeEach
	void open() throws Exception {
		open(DEFAULTS);
	}

	@AfterEach
	void close() throws Exception {
		this.session.close();
		closeStore();
	}

	private void open(RollCallProperties properties) throws Exception {
		StoreDatabase database = openStore();
		this.session = new TestSession(database, properties, this.clock::nanos);
		this.store = new RollStore(dataSource(), database, properties, this.storeClock, new RollCodes());
		this.sheets = new SheetStore(dataSource(), properties);
	}

	/** Restarts the store; meanwhile the clock changes by a duration. */
	void reopenAfter(Duration stopped) throws Exception {
		close();
		this.clock.jump(stopped);
		open(DEFAULTS);
	}

	void reopen(RollCallProperties properties) throws Exception {
		close();
		open(properties);
	}

	static RollCallProperties properties(Duration closedSheetRetention, int maxStudents) {
		return new RollCallProperties(Path.of("unused"), closedSheetRetention, WAITING_RETENTION, ABANDONED_AFTER,
				maxStudents);
	}

	List<RollEvent> apply(Change<?>... batch) throws StoreException {
		this.session.apply(List.of(batch));
		this.session.commit();
		List<RollEvent> events = published();
		for (Change<?> change : batch) {
			change.complete();
		}
		return events;
	}

	StartedRoll start() throws StoreException {
		Change.Start start = new Change.Start(CLASS_ID, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE);
		apply(start);
		return start.answer().join();
	}

	StartedRoll start(String lateAfter, String endsAfter) throws StoreException {
		Change.Start start = new Change.Start(CLASS_ID, times(lateAfter, endsAfter), Teacher.AT_THIS_MACHINE);
		apply(start);
		return start.answer().join();
	}

	RollState setOptions(OptionsRequest times) throws StoreException {
		OptionsChange change = new OptionsChange(CLASS_ID, times, RollMatch.ANY, Teacher.AT_THIS_MACHINE);
		apply(change);
		return change.answer().join();
	}

	/** A request with two durations; null for a member that the body does not have. */
	static OptionsRequest times(@Nullable String lateAfter, @Nullable String endsAfter) {
		return new OptionsRequest(after(lateAfter), after(endsAfter), null);
	}

	private static OptionsRequest.@Nullable After after(@Nullable String duration) {
		return (duration != null) ? new OptionsRequest.After(Duration.parse(duration)) : null;
	}

	PresenceReceipt present(String studentId) throws StoreException {
		Change.Arrival arrival = arrival(studentId);
		apply(arrival);
		return arrival.answer().join();
	}

	Presence mark(String studentId, Status status) throws StoreException {
		Change.Mark mark = markOf(studentId, status);
		apply(mark);
		return mark.answer().join();
	}

	Sheet end() throws StoreException {
		Change.End end = new Change.End(CLASS_ID, RollMatch.ANY, Teacher.AT_THIS_MACHINE);
		apply(end);
		return end.answer().join();
	}

	/**
	 * Ends a named roll.
	 * @throws CompletionException if the end was refused
	 */
	Sheet end(UUID rollId) throws StoreException {
		Change.End end = new Change.End(CLASS_ID, new RollMatch(false, List.of(rollId)), Teacher.AT_THIS_MACHINE);
		apply(end);
		return end.answer().join();
	}

	/** Does the upkeep until nothing is due. */
	List<RollEvent> upkeep() throws StoreException {
		List<RollEvent> events = new ArrayList<>();
		boolean more;
		do {
			more = this.session.upkeepStep();
			events.addAll(published());
		}
		while (more);
		return events;
	}

	/** Lets the upkeep see the present state, then lets time pass. */
	void pass(Duration duration) throws StoreException {
		upkeep();
		this.clock.move(duration);
	}

	static Change.Arrival arrival(String studentId) {
		return new Change.Arrival(CLASS_ID, studentId, SentCode.NONE);
	}

	static Change.Mark markOf(String studentId, Status status) {
		return new Change.Mark(CLASS_ID, studentId, status, RollMatch.ANY, Teacher.AT_THIS_MACHINE);
	}

	/** Requires a refusal, thrown directly or by the answer of a change. */
	static void assertRefused(ThrowingCallable action, ProblemType type) {
		Throwable thrown = catchThrowable(action);
		Throwable refusal = (thrown instanceof CompletionException) ? thrown.getCause() : thrown;
		assertThat(refusal).isInstanceOfSatisfying(ProblemException.class,
				(problem) -> assertThat(problem.type()).isEqualTo(type));
	}

	long presences() throws SQLException {
		try (Connection connection = dataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT count(*) FROM presence")) {
			row.next();
			return row.getLong(1);
		}
	}

	CurrentRoll current() {
		return this.store.currentRoll(CLASS_ID, 0, Teacher.AT_THIS_MACHINE).orElseThrow();
	}

}
