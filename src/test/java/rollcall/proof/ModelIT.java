package rollcall.proof;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sequences of calls, one after the other, are answered as the rules say.
 */
class ModelIT {

	/** Small, so that most sequences reach it. */
	private static final int MAX_STUDENTS = 4;

	@TempDir
	Path data;

	@Test
	void everySequenceIsAnsweredAsTheRulesSay() {
		try (ServerProcess server = ServerProcess.on(this.data)
			.settings("--rollcall.max-students-per-roll=" + MAX_STUDENTS)
			.start()) {
			new ModelDriver(Volume.seed(), MAX_STUDENTS).run(server.base(), Volume.of(100, 5_000));
		}
	}

}
