package rollcall;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/**
 * What a proof needs of the machine. A machine without it skips the proof and says so,
 * unless {@code REQUIRE_ALL_TOOLS=true} forbids to skip.
 */
public final class Needs {

	private Needs() {
	}

	public static void that(boolean there, String what) {
		if (!there && Boolean.parseBoolean(System.getenv("REQUIRE_ALL_TOOLS"))) {
			throw new AssertionError("REQUIRE_ALL_TOOLS: " + what);
		}
		if (!there) {
			System.out.println("SKIPPED: " + what);
		}
		Assumptions.assumeTrue(there, what);
	}

	/** Whether the command runs and succeeds. */
	public static boolean runs(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (!process.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new IllegalStateException(List.of(command) + " does not end");
			}
			return process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
