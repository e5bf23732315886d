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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import rollcall.Await;
import rollcall.Needs;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.util.FileSystemUtils;

/**
 * The real server as a child process on a free port of the loopback. It runs from the
 * test's class path without the test classes, not from the jar, so that altered classes
 * can come first and no packaging is needed.
 */
final class ServerProcess implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	/** The folder for the output of all servers, to investigate a failure. */
	private static final @Nullable String KEPT_LOG = System.getProperty("proof.log");

	private static final int LOG_CHARS = 4_000_000;

	private final Setup setup;

	/** Java's temporary folder of the server: a killed server leaves files there. */
	private final Path temporary;

	private final StringBuffer log = new StringBuffer();

	private final Thread hook = new Thread(this::killAll);

	private Process process;

	private ServerProcess(Setup setup) {
		this.setup = setup;
		try {
			this.temporary = Files.createTempDirectory("rollcall-server");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.process = launch();
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	/** A server with the embedded store in a folder. */
	static Setup on(Path data) {
		return new Setup("--rollcall.data-dir=" + data);
	}

	/** A node with the shared store, which the environment names. */
	static Setup onDatabase(@Nullable String url) {
		return new Setup("--spring.profiles.active=cluster").environment("DATABASE_URL", url);
	}

	private Process launch() {
		try {
			ProcessBuilder builder = new ProcessBuilder(this.setup.command(this.temporary)).redirectErrorStream(true);
			builder.environment().putAll(this.setup.environment);
			builder.environment().values().removeIf(String::isEmpty);
			Process process = builder.start();
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

	/** Waits until it is ready, and fails if it ends instead. */
	ServerProcess awaitReady() {
		Await.until("the server is ready or has ended", () -> !this.process.isAlive() || ready());
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
		return URI.create("http://" + this.setup.login + "127.0.0.1:" + port.group(1));
	}

	/** The output of the server since its last start. */
	String log() {
		return this.log.toString();
	}

	/** The id of the Java process, also below a wrapper. */
	long pid() {
		return java().pid();
	}

	private ProcessHandle java() {
		ProcessHandle top = this.process.toHandle();
		return top.children().findFirst().orElse(top);
	}

	/** Kills the server, like a power cut, but the page cache survives. */
	void kill() {
		java().destroyForcibly();
		awaitExit();
	}

	/** Freezes the process, like swapping or a long garbage collection. */
	void pause() {
		signal("STOP");
		Await.until("the server is paused", () -> state() == 'T');
	}

	void resume() {
		signal("CONT");
		Await.until("the server continues", () -> state() != 'T');
	}

	/** Whether a tracer such as strace is attached to every thread. */
	boolean isTraced() {
		return Needs.runs("sh", "-c", "! grep -q '^TracerPid:.0$' /proc/" + pid() + "/task/*/status");
	}

	private void signal(String name) {
		if (!Needs.runs("sh", "-c", "kill -s " + name + " " + pid())) {
			throw new AssertionError("the server cannot be sent the signal " + name);
		}
	}

	private char state() {
		try {
			String line = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
			return line.charAt(line.lastIndexOf(')') + 2);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
		askToStop();
		awaitExit();
	}

	/** Sends the signal of service managers; the stop takes a while. */
	void askToStop() {
		java().destroy();
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
		deleteTemporary();
		if (!Thread.currentThread().equals(this.hook)) {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
	}

	private void deleteTemporary() {
		try {
			FileSystemUtils.deleteRecursively(this.temporary);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The settings of a server to be started. */
	static final class Setup {

		private final List<String> wrapper = new ArrayList<>();

		private final List<String> jvm = new ArrayList<>();

		private final List<String> settings = new ArrayList<>();

		private final Map<String, String> environment = new HashMap<>();

		/** The login of its clients, as the first part of an address; may be empty. */
		private String login = "";

		private @Nullable Path altered;

		private @Nullable Path jar;

		private Setup(String... settings) {
			settings(settings);
		}

		Setup wrappedIn(String... wrapper) {
			this.wrapper.addAll(List.of(wrapper));
			return this;
		}

		Setup jvm(String... jvm) {
			this.jvm.addAll(List.of(jvm));
			return this;
		}

		Setup settings(String... settings) {
			this.settings.addAll(List.of(settings));
			return this;
		}

		/** Sets an environment variable; null removes it. */
		Setup environment(String name, @Nullable String value) {
			this.environment.put(name, (value != null) ? value : "");
			return this;
		}

		/** Adds a teacher, and logs the clients in as this teacher. */
		Setup teacher(String name, String password) {
			this.login = name + ":" + password + "@";
			// The cheapest hash, because many servers start and it is no secret.
			return settings("--rollcall.teachers[0].name=" + name,
					"--rollcall.teachers[0].password-hash=" + new BCryptPasswordEncoder(4).encode(password));
		}

		/** Puts a folder of classes before the real ones. */
		Setup altered(@Nullable Path altered) {
			this.altered = altered;
			return this;
		}

		/** Runs the jar of another version; null for the classes of this one. */
		Setup jar(@Nullable Path jar) {
			this.jar = jar;
			return this;
		}

		/** Starts it and waits until it is ready. */
		ServerProcess start() {
			return new ServerProcess(this).awaitReady();
		}

		/** Starts a server that is expected to fail. */
		ServerProcess startWithoutWaiting() {
			return new ServerProcess(this);
		}

		private List<String> command(Path temporary) {
			List<String> command = new ArrayList<>(this.wrapper);
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(
					List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Djava.io.tmpdir=" + temporary));
			command.addAll(this.jvm);
			command.addAll((this.jar != null) ? List.of("-jar", this.jar.toString())
					: List.of("-cp", classPath(), "rollcall.RollCallApplication"));
			command.add("--server.address=127.0.0.1");
			if (this.settings.stream().noneMatch((setting) -> setting.startsWith("--server.port="))) {
				command.add("--server.port=0");
			}
			command.addAll(this.settings);
			return command;
		}

		private String classPath() {
			String real = Arrays.stream(realClassPath().split(File.pathSeparator))
				.filter((entry) -> !Files.exists(Path.of(entry, "rollcall", "proof")))
				.collect(Collectors.joining(File.pathSeparator));
			return (this.altered != null) ? this.altered + File.pathSeparator + real : real;
		}

		/** Surefire may start its fork from a jar that only names the class path. */
		static String realClassPath() {
			return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		}

	}

}
