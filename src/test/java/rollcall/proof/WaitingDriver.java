package rollcall.proof;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import rollcall.Await;

/**
 * Lets the server end rolls, abandoned or at a deadline, while students answer, makes the
 * clock of the store jump, also during kills, and requests the sheets afterwards. The
 * history is checked after each round.
 */
final class WaitingDriver {

	/** A roll is abandoned soon, and no sheet is erased during a round. */
	static final String[] SETTINGS = { "--rollcall.abandoned-after=1s", "--rollcall.waiting-sheet-retention=1h",
			"--rollcall.closed-sheet-retention=1h" };

	private static final int CLASSES = 5;

	/** Comes before the roll is abandoned. */
	private static final Call.Times DEADLINE = new Call.Times(100L, 500L);

	private static final List<Duration> JUMPS = List.of(Duration.ofDays(2), Duration.ofDays(-2),
			Duration.ofDays(18_263), Duration.ofDays(-18_263));

	private final ServerProcess server;

	private final Path data;

	private final Random random;

	private final Tally tally = new Tally();

	private long nextClass;

	/**
	 * Describes a run.
	 * @param server a server with {@link #SETTINGS}
	 * @param data its data folder
	 * @param seed the seed of the random choices
	 */
	WaitingDriver(ServerProcess server, Path data, long seed) {
		this.server = server;
		this.data = data;
		this.random = new Random(seed);
		this.nextClass = 1 + this.random.nextInt(1_000_000_000);
	}

	Tally run(int rounds) {
		for (int i = 0; i < rounds && this.tally.violations().isEmpty(); i++) {
			round(JUMPS.get(i % JUMPS.size()), i % 3 == 0);
		}
		return this.tally;
	}

	private void round(Duration jump, boolean whileStopped) {
		History history = new History();
		List<Long> classes = new ArrayList<>();
		for (int i = 0; i < CLASSES; i++) {
			classes.add(this.nextClass++);
		}
		try (RollCallClient teacher = new RollCallClient(this.server.base(), history)) {
			classes
				.forEach((classId) -> teacher.start(classId, this.random.nextBoolean() ? DEADLINE : Call.Times.NONE));
			// The upkeep reads the clock only while the store holds a roll or a sheet.
			teacher.start(this.nextClass);
			teacher.end(this.nextClass++, null);
			answerUntilRefused(history, classes);
			classes.forEach(
					(classId) -> Await.until("the roll ends by itself", () -> teacher.open().get(classId) == null));
			classes.forEach(teacher::listSheets);
		}
		jump(jump, whileStopped);
		try (RollCallClient teacher = new RollCallClient(this.server.base(), history)) {
			classes.forEach(teacher::listSheets);
			classes.forEach((classId) -> take(teacher, classId));
		}
		this.tally.add(history);
	}

	private void answerUntilRefused(History history, List<Long> classes) {
		try (Crowd crowd = new Crowd()) {
			for (long classId : classes) {
				crowd.add(() -> {
					try (RollCallClient student = new RollCallClient(this.server.base(), history)) {
						int i = 0;
						Call.Reply reply;
						do {
							reply = student.present(classId, classId + "-" + i++ % 50);
						}
						while (reply instanceof Call.Recorded);
					}
				});
			}
			crowd.join();
		}
	}

	/** Ends without naming a roll, then again with the id of the roll. */
	private static void take(RollCallClient teacher, long classId) {
		if (teacher.end(classId, null) instanceof Call.Ended ended) {
			teacher.end(classId, ended.sheet().rollId());
		}
	}

	/**
	 * A clock that jumps forward has the same effect as a stored time that moves back.
	 */
	private void jump(Duration jump, boolean whileStopped) {
		if (whileStopped) {
			this.server.kill();
		}
		try (Connection store = DriverManager
			.getConnection("jdbc:sqlite:" + this.data.resolve("rollcall.db") + "?busy_timeout=60000");
				Statement statement = store.createStatement()) {
			statement.executeUpdate("UPDATE served_time SET at = at - " + jump.toMillis());
			if (whileStopped) {
				this.server.restart();
			}
			Await.until("the upkeep has seen the jump", () -> Math.abs(savedAt(statement)) < 3_600_000);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The difference of the stored time from this machine's. */
	private static long savedAt(Statement statement) {
		try (ResultSet row = statement.executeQuery("SELECT at FROM served_time")) {
			row.next();
			return System.currentTimeMillis() - row.getLong(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
