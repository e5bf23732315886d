package rollcall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL for tests, with its own folder and a free loopback port, with passwords
 * and with every commit on the disk. It ends with this JVM and removes its folder. If the
 * user is root, it runs as the user {@code postgres}, because it refuses to run as root.
 */
public final class PostgresServer implements AutoCloseable {

	/** The role of the server: it owns its database and has no other rights. */
	public static final String USER = "rollcall";

	/** Contains characters with a meaning in URLs, as a user's password can. */
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
					// Otherwise a crash leaves files in /dev/shm.
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

	/** Starts an empty server, with settings such as {@code fsync=off}. */
	public static PostgresServer start(String... settings) {
		return create(null, settings);
	}

	/**
	 * The server that the tests of this JVM share, each with its own database.
	 * @see #newDatabase()
	 */
	public static synchronized PostgresServer shared() {
		if (shared == null) {
			shared = start();
		}
		return shared;
	}

	/**
	 * Starts a synchronous standby: it has everything that this server acknowledges from
	 * now on.
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
		Needs.that(bin != null, "PostgreSQL (Debian package postgresql) is installed");
		Needs.that(!ROOT || Needs.runs("id", SUPERUSER),
				"the user postgres exists, because root cannot run PostgreSQL");
		try {
			return new PostgresServer(Files.createTempDirectory("rollcall-postgres"), bin, primary, List.of(settings));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The newest version in Debian's folder, or the one on PATH. */
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
		Await.until("PostgreSQL accepts connections or has ended", () -> !launched.isAlive()
				|| Needs.runs(tool("pg_isready"), "-q", "-h", "127.0.0.1", "-p", Integer.toString(this.port)));
		if (!launched.isAlive()) {
			throw new IllegalStateException("PostgreSQL ended:\n" + read(log()));
		}
		return launched;
	}

	/** Creates an empty database that belongs to the role of the server. */
	public Database newDatabase() {
		String name = "rollcall_" + UUID.randomUUID().toString().replace("-", "");
		if (query("SELECT 1 FROM pg_roles WHERE rolname = '" + USER + "'").isEmpty()) {
			query("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
		}
		query("CREATE DATABASE " + name + " OWNER " + USER);
		return new Database(this, name);
	}

	/** Creates the database with src/deploy/database.sql; only once for each server. */
	public Database shippedDatabase() {
		psql(SUPERUSER, "-f", Path.of("src", "deploy", "database.sql").toAbsolutePath().toString());
		return new Database(this, USER);
	}

	public int port() {
		return this.port;
	}

	/** Ends it at once, like a power cut, but without the loss of the page cache. */
	public void stopImmediately() {
		Leash running = this.process;
		if (running != null && running.isAlive()) {
			runHere("pg_ctl", "stop", "--silent", "--mode=immediate", "--pgdata=" + data());
			running.awaitExit();
		}
	}

	/** Pauses all its processes: connections stay open, but get no answers. */
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
		// A child can end meanwhile, so failures are ignored.
		List<String> children = new ArrayList<>(List.of("kill", "-s", name));
		server.descendants().forEach((child) -> children.add(Long.toString(child.pid())));
		Needs.runs(children.toArray(String[]::new));
	}

	/** Starts it again with the same data and the same port. */
	public void startAgain() {
		this.process = launch();
	}

	/** Turns a replica into a primary. */
	public void promote() {
		query("SELECT pg_promote()");
	}

	/**
	 * Ends the sessions of an application.
	 * @return the number of sessions
	 */
	public int terminate(String applicationName) {
		return Integer.parseInt(query("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
				+ "WHERE application_name = '" + applicationName + "'"));
	}

	/**
	 * Runs a query as the superuser.
	 * @return one line for each row, columns separated by {@code |}
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
			// A paused server cannot end.
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

	/** A database for the server on this PostgreSQL. */
	public record Database(PostgresServer server, String name) {

		/** The URL in the form of {@code DATABASE_URL}, with user and password. */
		public String url() {
			return "postgresql://" + USER + ":" + encode(PASSWORD) + "@127.0.0.1:" + this.server.port + "/" + this.name;
		}

		/** The URL for Java's driver, without user and password. */
		public String jdbcUrl() {
			return "jdbc:postgresql://127.0.0.1:" + this.server.port + "/" + this.name;
		}

		/** Connects as the role of the server. */
		public Connection connect() throws SQLException {
			return DriverManager.getConnection(jdbcUrl(), USER, PASSWORD);
		}

		/** Runs a query as the superuser in this database. */
		public String query(String sql) {
			return this.server.query(this.name, sql);
		}

		private static String encode(String text) {
			return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
		}

	}

}
