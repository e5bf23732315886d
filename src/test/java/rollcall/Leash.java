package rollcall;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process, such as PostgreSQL or nginx, that ends with this JVM, even after kill
 * -9: a shell waits on a pipe that only this JVM holds open.
 */
public final class Leash {

	/** exec replaces the shell, so the child process is the server itself. */
	private static final String SCRIPT = """
			signal=$0
			exec 3<&0
			{ read -r released || kill -s "$signal" $$; } <&3 >/dev/null 2>&1 &
			exec "$@" </dev/null 3<&-
			""";

	private final Process process;

	private Leash(Process process) {
		this.process = process;
	}

	/**
	 * Starts a process.
	 * @param signal the signal that ends the process at once when this JVM has ended
	 * @param log the file to which its output is appended
	 */
	public static Leash on(String signal, Path folder, Path log, Map<String, String> environment,
			List<String> command) {
		List<String> leashed = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, signal));
		leashed.addAll(command);
		ProcessBuilder builder = new ProcessBuilder(leashed).directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
		builder.environment().putAll(environment);
		try {
			return new Leash(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	public long pid() {
		return this.process.pid();
	}

	/** Ends the process with SIGTERM, like a service manager. */
	public void end() {
		this.process.destroy();
		awaitExit();
	}

	/** Waits until the process has ended, for any reason; returns its exit code. */
	public int awaitExit() {
		try {
			if (!this.process.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
				throw new AssertionError(this.process.info() + " did not end");
			}
			this.process.getOutputStream().write("released\n".getBytes(StandardCharsets.US_ASCII));
			this.process.getOutputStream().close();
		}
		catch (IOException ex) {
			// The shell that waits on the pipe has ended as well.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		return this.process.exitValue();
	}

}
