package rollcall.roll;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import rollcall.Await;
import rollcall.DatabaseClock;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.PostgresServer;
import rollcall.RollCallApplication;
import rollcall.TestDataFolder;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;

/** A complete server on one of the stores; the test sets its clock. */
final class JumpingServer implements AutoCloseable {

	private static final String LOGIN = "Basic "
			+ Base64.getEncoder().encodeToString("ana:correct horse".getBytes(StandardCharsets.UTF_8));

	private final ConfigurableApplicationContext context;

	private final Connection store;

	/** The clock of the shared database; null with the embedded store. */
	private final DatabaseClock clock;

	private final Http http;

	private JumpingServer(ConfigurableApplicationContext context, DatabaseClock clock, Connection store) {
		this.context = context;
		this.clock = clock;
		this.store = store;
		this.http = new Http(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	/** Servers start one after another, because they share the log of this process. */
	static synchronized JumpingServer start(Store kind, String... settings) throws SQLException {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--rollcall.teachers[0].name=ana",
				"--rollcall.teachers[0].password-hash={bcrypt}"
						+ new BCryptPasswordEncoder(4).encode("correct horse")));
		arguments.addAll(Arrays.asList(settings));
		PostgresServer.Database database = (kind == Store.SHARED) ? PostgresServer.shared().newDatabase() : null;
		Connection store = null;
		DatabaseClock clock = null;
		if (database != null) {
			store = database.connect();
			clock = new DatabaseClock(database);
			arguments.addAll(List.of("--spring.profiles.active=cluster", "--DATABASE_URL=" + database.url(),
					DatabaseClock.SETTING, "--rollcall.drain=0s"));
		}
		ConfigurableApplicationContext context = new SpringApplicationBuilder(RollCallApplication.class,
				JumpingClock.class)
			.initializers(new TestDataFolder())
			.run(arguments.toArray(String[]::new));
		if (store == null) {
			store = DriverManager
				.getConnection("jdbc:sqlite:" + context.getEnvironment().getRequiredProperty("rollcall.data-dir")
						+ "/rollcall.db?busy_timeout=60000");
		}
		return new JumpingServer(context, clock, store);
	}

	void jump(Duration jump) {
		this.context.getBean(JumpingClock.class).offset = this.context.getBean(JumpingClock.class).offset.plus(jump);
		if (this.clock != null) {
			this.clock.move(jump);
		}
	}

	Answer ask(String method, String path, String... headers) {
		String[] all = Arrays.copyOf(headers, headers.length + 2);
		all[headers.length] = "Authorization";
		all[headers.length + 1] = LOGIN;
		return this.http.send(method, path, null, all);
	}

	void present(long classId, String studentId) {
		assertThat(this.http.present(classId, studentId).json().path("classId").asLong()).isEqualTo(classId);
	}

	/** The entry of a sheet in the list. */
	Optional<JsonNode> sheet(String rollId) {
		return ask("GET", "/sheets").json()
			.valueStream()
			.filter((sheet) -> sheet.path("rollId").asString().equals(rollId))
			.findFirst();
	}

	/** Waits until the upkeep has noticed the last jump. */
	void awaitUpkeep(String rollId) {
		Instant now = Instant.now().plus(this.context.getBean(JumpingClock.class).offset);
		Await.until("the upkeep notices the jump",
				() -> Duration.between(now, Instant.parse(sheet(rollId).orElseThrow().path("keptUntil").asString()))
					.abs()
					.compareTo(Duration.ofHours(2)) < 0);
	}

	long presences() {
		try (Statement statement = this.store.createStatement();
				var row = statement.executeQuery("SELECT count(*) FROM presence")) {
			row.next();
			return row.getLong(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws SQLException {
		this.context.close();
		this.store.close();
		if (this.clock != null) {
			this.clock.close();
		}
	}

	/** The kind of store. */
	enum Store {

		EMBEDDED, SHARED

	}

	/** The clock of the machine with an offset. */
	@Configuration(proxyBeanMethods = false)
	static class JumpingClock {

		private volatile Duration offset = Duration.ZERO;

		@Bean
		@Primary
		Clock jumpingClock() {
			return new Clock() {

				@Override
				public Instant instant() {
					return Instant.now().plus(JumpingClock.this.offset);
				}

				@Override
				public ZoneId getZone() {
					return ZoneOffset.UTC;
				}

				@Override
				public Clock withZone(ZoneId zone) {
					return this;
				}

			};
		}

	}

}
