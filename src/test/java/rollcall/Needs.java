package rollcall;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/**
 * Tools that a test needs. Without the tool the test is skipped with a message, or fails
 * if {@code REQUIRE_ALL_TOOLS=true}.
 */
public final class Needs {

	private Needs() {
	}

	public static void that(boolean available, String what) {
		if (!available && Boolean.parseBoolean(System.getenv("REQUIRE_ALL_TOOLS"))) {
			throw new AssertionError("requirement not met, and REQUIRE_ALL_TOOLS is set: " + what);
		}
		if (!available) {
			System.out.println("SKIPPED, requirement not met: " + what);
		}
		Assumptions.assumeTrue(available, what);
	}

	/** Whether the command exists and exits with 0. */
	public static boolean runs(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (!process.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new IllegalStateException(List.of(command) + " did not end");
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
