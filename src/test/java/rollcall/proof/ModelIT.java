package rollcall.proof;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sequences of calls, one after the other, are answered according to the rules.
 */
class ModelIT {

	/** A small limit, so that most sequences reach it. */
	static final int MAX_STUDENTS = 4;

	@TempDir
	Path data;

	/** Makes the open roll of a class count as abandoned. */
	static void abandon(Path data, long classId) {
		try (Connection store = DriverManager
			.getConnection("jdbc:sqlite:" + data.resolve("rollcall.db") + "?busy_timeout=60000");
				Statement statement = store.createStatement()) {
			statement.executeUpdate("UPDATE roll SET due = 0 WHERE ended_at IS NULL AND class_id = " + classId);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void everySequenceIsAnsweredAccordingToTheRules() {
		try (ServerProcess server = ServerProcess.on(this.data)
			.settings("--rollcall.max-students-per-roll=" + MAX_STUDENTS)
			.start()) {
			new ModelDriver(Volume.seed(), MAX_STUDENTS, (classId) -> abandon(this.data, classId)).run(server.base(),
					Volume.of(70, 5_000));
		}
	}

}
