package rollcall.proof;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import rollcall.Await;

/**
 * The real server as a child process on a free port of the loopback. It runs from the
 * class path of the test and not from the jar, so that altered classes can come first and
 * no packaging is needed; what the tests bring of their own is left out.
 */
final class ServerProcess implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	/** Where to keep what all servers write, to look into a failure. */
	private static final @Nullable String KEPT_LOG = System.getProperty("rollcall.proof.log");

	private static final int LOG_CHARS = 4_000_000;

	private final List<String> command;

	private final StringBuffer log = new StringBuffer();

	private final Thread hook = new Thread(this::killAll);

	private Process process;

	private ServerProcess(List<String> command) {
		this.command = command;
		this.process = launch();
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	static Setup on(Path data) {
		return new Setup(data, List.of(), List.of(), List.of(), null);
	}

	private Process launch() {
		try {
			Process process = new ProcessBuilder(this.command).redirectErrorStream(true).start();
			process.getOutputStream().close();
			Thread reader = new Thread(() -> readLog(process), "log of server " + process.pid());
			reader.setDaemon(true);
			reader.start();
			return process;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void readLog(Process process) {
		try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (KEPT_LOG != null) {
					Files.writeString(Path.of(KEPT_LOG), process.pid() + " " + line + "\n", StandardOpenOption.CREATE,
							StandardOpenOption.APPEND);
				}
				if (this.log.length() < LOG_CHARS) {
					this.log.append(line).append('\n');
				}
			}
		}
		catch (IOException ex) {
			this.log.append("(the log ends here: ").append(ex).append(")\n");
		}
	}

	private ServerProcess awaitReady() {
		Await.until("the server is ready or gone", () -> !this.process.isAlive() || ready());
		if (!this.process.isAlive()) {
			close();
			throw new IllegalStateException("the server ended with " + this.process.exitValue() + ":\n" + this.log);
		}
		return this;
	}

	boolean ready() {
		Matcher port = PORT.matcher(this.log);
		return port.find() && readiness() == 200;
	}

	/** The status of the readiness probe, 0 if there is none. */
	int readiness() {
		try (HttpConnection connection = new HttpConnection(base())) {
			return (connection.send("GET", "/actuator/health/readiness", null) instanceof Outcome.Answered answered)
					? answered.status() : 0;
		}
	}

	URI base() {
		Matcher port = PORT.matcher(this.log);
		if (!port.find()) {
			throw new IllegalStateException("the server names no port:\n" + this.log);
		}
		return URI.create("http://127.0.0.1:" + port.group(1));
	}

	/** What the server has written since its last start. */
	String log() {
		return this.log.toString();
	}

	/** The Java process itself, also below a wrapper. */
	long pid() {
		return java().pid();
	}

	private ProcessHandle java() {
		ProcessHandle top = this.process.toHandle();
		return top.children().findFirst().orElse(top);
	}

	/** Ends the server as a power cut would end it for everything but the page cache. */
	void kill() {
		java().destroyForcibly();
		awaitExit();
	}

	/** Starts the same server on the same data again, on another free port. */
	void restart() {
		if (this.process.isAlive()) {
			throw new IllegalStateException("the server is still running");
		}
		this.log.setLength(0);
		this.process = launch();
		awaitReady();
	}

	/** Lets the server shut down by itself. */
	void stop() {
		java().destroy();
		awaitExit();
	}

	int awaitExit() {
		try {
			if (!this.process.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
				throw new AssertionError("the server did not end:\n" + this.log);
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void killAll() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

	@Override
	public void close() {
		killAll();
		awaitExit();
		if (!Thread.currentThread().equals(this.hook)) {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
	}

	/**
	 * How a server is to be started.
	 *
	 * @param altered a folder of classes that come before the real ones
	 */
	record Setup(Path data, List<String> wrapper, List<String> jvm, List<String> settings, @Nullable Path altered) {

		Setup wrappedIn(String... wrapper) {
			return new Setup(this.data, List.of(wrapper), this.jvm, this.settings, this.altered);
		}

		Setup jvm(String... jvm) {
			return new Setup(this.data, this.wrapper, List.of(jvm), this.settings, this.altered);
		}

		Setup settings(String... settings) {
			return new Setup(this.data, this.wrapper, this.jvm, List.of(settings), this.altered);
		}

		Setup altered(Path altered) {
			return new Setup(this.data, this.wrapper, this.jvm, this.settings, altered);
		}

		/** Starts it and waits until it is ready. */
		ServerProcess start() {
			return new ServerProcess(command()).awaitReady();
		}

		/** Starts one that is expected not to come up. */
		ServerProcess startWithoutWaiting() {
			return new ServerProcess(command());
		}

		private List<String> command() {
			List<String> command = new ArrayList<>(this.wrapper);
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
			command.addAll(this.jvm);
			command.addAll(List.of("-cp", classPath(), "rollcall.RollCallApplication", "--server.port=0",
					"--server.address=127.0.0.1", "--rollcall.data-dir=" + this.data));
			command.addAll(this.settings);
			return command;
		}

		private String classPath() {
			String real = Arrays.stream(realClassPath().split(File.pathSeparator))
				.filter((entry) -> !Files.exists(Path.of(entry, "rollcall", "proof")))
				.collect(Collectors.joining(File.pathSeparator));
			return (this.altered != null) ? this.altered + File.pathSeparator + real : real;
		}

		/** Surefire may start its fork from a jar that only points to the class path. */
		static String realClassPath() {
			return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		}

	}

}
