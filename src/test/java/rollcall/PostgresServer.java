package rollcall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL of the tests' own, in a folder of its own on a free port of the
 * loopback, with passwords and with every commit on the disk. It ends with this JVM and
 * takes its folder with it. As root it runs as the user {@code postgres}, because it
 * refuses to run as root.
 */
public final class PostgresServer implements AutoCloseable {

	/** The role of the program: it owns its database and may nothing else. */
	public static final String USER = "rollcall";

	/** As hostile to a URL as the one that somebody will choose. */
	public static final String PASSWORD = "S3cret:/@ %?&=#";

	private static final String SUPERUSER = "postgres";

	private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

	private static @Nullable PostgresServer shared;

	private final Path folder;

	private final int port;

	private final Path bin;

	private final List<String> settings = new ArrayList<>();

	private final Thread hook = new Thread(this::end);

	private @Nullable Leash process;

	private PostgresServer(Path folder, Path bin, @Nullable PostgresServer primary, List<String> settings) {
		this.folder = folder;
		this.port = FreePort.next();
		this.bin = bin;
		this.settings
			.addAll(List.of("listen_addresses=127.0.0.1", "port=" + this.port, "unix_socket_directories=" + folder,
					// Nothing of it stays in /dev/shm after a crash.
					"dynamic_shared_memory_type=mmap"));
		this.settings.addAll(settings);
		Runtime.getRuntime().addShutdownHook(this.hook);
		if (primary == null) {
			initialise();
		}
		else {
			copy(primary);
		}
		this.process = launch();
	}

	/** Starts an empty one, with settings such as {@code fsync=off}. */
	public static PostgresServer start(String... settings) {
		return create(null, settings);
	}

	/**
	 * The one that the tests of this JVM share, each in a database of its own.
	 * @see #newDatabase()
	 */
	public static synchronized PostgresServer shared() {
		if (shared == null) {
			shared = start();
		}
		return shared;
	}

	/**
	 * Starts one that follows this one and holds what this one acknowledges from now on.
	 */
	public PostgresServer startReplica() {
		PostgresServer replica = create(this, new String[0]);
		query("ALTER SYSTEM SET synchronous_standby_names = '*'");
		query("SELECT pg_reload_conf()");
		Await.until("the replica is synchronous",
				() -> query("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'").equals("1"));
		return replica;
	}

	private static PostgresServer create(@Nullable PostgresServer primary, String[] settings) {
		Path bin = bin();
		Needs.that(bin != null, "PostgreSQL (Debian package postgresql) is there");
		Needs.that(!ROOT || Needs.runs("id", SUPERUSER), "the user postgres is there, for root may not run PostgreSQL");
		try {
			return new PostgresServer(Files.createTempDirectory("rollcall-postgres"), bin, primary, List.of(settings));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Where Debian puts the newest version, or where PATH finds one. */
	private static @Nullable Path bin() {
		List<Path> folders = new ArrayList<>();
		try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
			versions.sorted(Comparator.comparing((version) -> -Double.parseDouble(version.getFileName().toString())))
				.forEach((version) -> folders.add(version.resolve("bin")));
		}
		catch (IOException ex) {
			// Not Debian.
		}
		for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
			folders.add(Path.of(folder));
		}
		return folders.stream().filter((path) -> Files.isExecutable(path.resolve("initdb"))).findFirst().orElse(null);
	}

	private void initialise() {
		try {
			Path password = Files.writeString(this.folder.resolve("password"), PASSWORD);
			if (ROOT) {
				run("chown", "-R", SUPERUSER + ":", this.folder.toString());
			}
			runHere("initdb", "--pgdata=" + data(), "--username=" + SUPERUSER, "--pwfile=" + password,
					"--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void copy(PostgresServer primary) {
		if (ROOT) {
			run("chown", "-R", SUPERUSER + ":", this.folder.toString());
		}
		runHere("pg_basebackup", "--pgdata=" + data(), "--host=127.0.0.1", "--port=" + primary.port,
				"--username=" + SUPERUSER, "--checkpoint=fast", "--write-recovery-conf", "--no-sync");
	}

	private Leash launch() {
		List<String> command = new ArrayList<>(List.of(tool("postgres"), "-D", data()));
		this.settings.forEach((setting) -> command.addAll(List.of("-c", setting)));
		Leash launched = Leash.on("QUIT", this.folder, log(), environment(), asUser(command));
		Await.until("PostgreSQL takes connections or is gone", () -> !launched.isAlive()
				|| Needs.runs(tool("pg_isready"), "-q", "-h", "127.0.0.1", "-p", Integer.toString(this.port)));
		if (!launched.isAlive()) {
			throw new IllegalStateException("PostgreSQL ended:\n" + read(log()));
		}
		return launched;
	}

	/** A new, empty database for the program, as a university would make it. */
	public Database newDatabase() {
		String name = "rollcall_" + UUID.randomUUID().toString().replace("-", "");
		if (query("SELECT 1 FROM pg_roles WHERE rolname = '" + USER + "'").isEmpty()) {
			query("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
		}
		query("CREATE DATABASE " + name + " OWNER " + USER);
		return new Database(this, name);
	}

	/** The database and the role as they are shipped; once in a server. */
	public Database shippedDatabase() {
		psql(SUPERUSER, "-f", Path.of("src", "deploy", "database.sql").toAbsolutePath().toString());
		return new Database(this, USER);
	}

	public int port() {
		return this.port;
	}

	/** Ends it at once, as a power cut would end it for everything but the page cache. */
	public void stopImmediately() {
		Leash running = this.process;
		if (running != null && running.isAlive()) {
			runHere("pg_ctl", "stop", "--silent", "--mode=immediate", "--pgdata=" + data());
			running.awaitExit();
		}
	}

	/** Stops the time of all its processes: connections stay open, nothing answers. */
	public void pause() {
		signal("STOP");
	}

	public void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		ProcessHandle server = ProcessHandle.of(this.process.pid()).orElseThrow();
		// The parent first, so that it starts no further process.
		run("kill", "-s", name, Long.toString(server.pid()));
		// A child may end meanwhile.
		server.descendants().forEach((child) -> Needs.runs("kill", "-s", name, Long.toString(child.pid())));
	}

	/** Starts it again, on the same data and the same port. */
	public void startAgain() {
		this.process = launch();
	}

	/** Turns a replica into a primary. */
	public void promote() {
		query("SELECT pg_promote()");
	}

	/**
	 * Ends the sessions of an application.
	 * @return how many there were
	 */
	public int terminate(String applicationName) {
		return Integer.parseInt(query("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
				+ "WHERE application_name = '" + applicationName + "'"));
	}

	/**
	 * What the superuser is told: rows in lines, columns parted by {@code |}.
	 */
	public String query(String sql) {
		return query(SUPERUSER, sql);
	}

	private String query(String database, String sql) {
		return psql(database, "-c", sql);
	}

	private String psql(String database, String... work) {
		List<String> command = new ArrayList<>(List.of(tool("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
				"-h", "127.0.0.1", "-p", Integer.toString(this.port), "-U", SUPERUSER, "-d", database));
		command.addAll(List.of(work));
		return run(command);
	}

	private String data() {
		return this.folder.resolve("data").toString();
	}

	private Path log() {
		return this.folder.resolve("log");
	}

	private String tool(String name) {
		return this.bin.resolve(name).toString();
	}

	private void runHere(String tool, String... arguments) {
		List<String> command = new ArrayList<>(List.of(tool(tool)));
		command.addAll(List.of(arguments));
		run(asUser(command));
	}

	private void run(String... command) {
		run(List.of(command));
	}

	private static List<String> asUser(List<String> command) {
		List<String> whole = new ArrayList<>();
		if (ROOT) {
			whole.addAll(List.of("setpriv", "--reuid=" + SUPERUSER, "--regid=" + SUPERUSER, "--init-groups"));
		}
		whole.addAll(command);
		return whole;
	}

	private static Map<String, String> environment() {
		return Map.of("PGPASSWORD", PASSWORD, "ROLLCALL_DATABASE_PASSWORD", PASSWORD, "LC_ALL", "C");
	}

	private String run(List<String> command) {
		try {
			ProcessBuilder builder = new ProcessBuilder(command).directory(this.folder.toFile())
				.redirectErrorStream(true);
			builder.environment().putAll(environment());
			Process running = builder.start();
			running.getOutputStream().close();
			String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			if (!running.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS) || running.exitValue() != 0) {
				throw new IllegalStateException(command + " failed: " + said);
			}
			return said;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void end() {
		if (this.process != null && this.process.isAlive()) {
			// A paused server does not end.
			resume();
		}
		stopImmediately();
		run("rm", "-rf", this.folder.toString());
	}

	@Override
	public void close() {
		end();
		Runtime.getRuntime().removeShutdownHook(this.hook);
	}

	/** A database of the program's on a server. */
	public record Database(PostgresServer server, String name) {

		/** As {@code DATABASE_URL} has it. */
		public String url() {
			return "postgresql://" + USER + ":" + encode(PASSWORD) + "@127.0.0.1:" + this.server.port + "/" + this.name;
		}

		/** For the driver of Java, which takes user and password apart. */
		public String jdbcUrl() {
			return "jdbc:postgresql://127.0.0.1:" + this.server.port + "/" + this.name;
		}

		/** What the superuser is told in this database. */
		public String query(String sql) {
			return this.server.query(this.name, sql);
		}

		private static String encode(String text) {
			return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
		}

	}

}
