package rollcall.proof;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sequences of calls, one after the other, are answered as the rules say.
 */
class ModelIT {

	@TempDir
	Path data;

	@Test
	void everySequenceIsAnsweredAsTheRulesSay() {
		try (ServerProcess server = ServerProcess.on(this.data).start()) {
			new ModelDriver(Volume.seed()).run(server.base(), Volume.of(100, 5_000));
		}
	}

}
