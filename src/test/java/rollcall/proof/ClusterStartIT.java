package rollcall.proof;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.TimeZone;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Await;
import rollcall.FreePort;
import rollcall.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node without a database, or with one that would lose acknowledged data, does not
 * start and says why without the password.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterStartIT {

	private PostgresServer server;

	private PostgresServer.Database database;

	@BeforeAll
	void start() {
		this.server = PostgresServer.start();
		this.database = this.server.newDatabase();
	}

	@AfterAll
	void stop() {
		if (this.server != null) {
			this.server.close();
		}
	}

	@Test
	void aMissingAddressIsReported() {
		assertRefused(Cluster.node(null), "needs a PostgreSQL database, and none is named");
	}

	@Test
	void anUnreachableServerIsReported() {
		String port = ":" + FreePort.next() + "/";
		assertRefused(Cluster.node(this.database.url().replace(":" + this.server.port() + "/", port)),
				"cannot be reached");
	}

	@Test
	void aMissingDatabaseIsReported() {
		assertRefused(Cluster.node(this.database.url() + "x"), "does not exist");
	}

	@Test
	void aWrongPasswordIsReported() {
		assertRefused(Cluster.node(this.database.url().replace("S3cret", "Guessed")), "refuses the login");
	}

	@Test
	void anInstallationWithoutTeachersIsReported() {
		assertRefused(ServerProcess.onDatabase(this.database.url()), "teacher");
	}

	@Test
	void aRoleWithoutSynchronousCommitIsRefused() {
		PostgresServer.Database asynchronous = this.server.newDatabase();
		asynchronous.query("ALTER ROLE " + PostgresServer.USER + " IN DATABASE " + asynchronous.name()
				+ " SET synchronous_commit = off");
		assertRefused(Cluster.node(asynchronous.url()), "synchronous_commit = off");
	}

	@Test
	void aServerWithoutFsyncIsRefused() {
		try (PostgresServer withoutFsync = PostgresServer.start("fsync=off")) {
			assertRefused(Cluster.node(withoutFsync.newDatabase().url()), "fsync = off");
		}
	}

	@Test
	void aStandbyIsRefused() {
		try (PostgresServer primary = PostgresServer.start()) {
			PostgresServer.Database original = primary.newDatabase();
			try (PostgresServer standby = primary.startReplica()) {
				assertRefused(Cluster.node(new PostgresServer.Database(standby, original.name()).url()), "standby");
			}
		}
	}

	@Test
	void anUnknownParameterIsReported() {
		String url = this.database.url();
		assertRefused(Cluster.node(url + "?options=-c%20nonsense=1"), "parameters after the question mark");
		assertRefused(Cluster.node(url + "?options=-c%20TimeZone=No/Where%20-c%20DateStyle=x"),
				"parameters after the question mark");
	}

	/** The driver sends the name of the JVM's time zone; a server may not know it. */
	@ParameterizedTest
	@ValueSource(strings = { "AET", "Brazil/East", "SystemV/PST8" })
	void everyTimeZoneIsAcceptedAndUsed(String zone) {
		String offset = DateTimeFormatter.ofPattern("XXX")
			.format(ZonedDateTime.now(TimeZone.getTimeZone(zone).toZoneId()));
		try (ServerProcess node = Cluster.node(this.database.url()).jvm("-Duser.timezone=" + zone).start()) {
			assertThat(node.log().lines().filter((line) -> line.contains("Started "))).hasSize(1)
				.allMatch((line) -> line.split(" ")[0].endsWith(offset));
		}
	}

	private static void assertRefused(ServerProcess.Setup node, String sentence) {
		try (ServerProcess server = node.startWithoutWaiting()) {
			assertThat(server.awaitExit()).isNotZero();
			Await.until("the node has said what to do", () -> server.log().contains("Action:"));
			assertThat(server.log()).contains(sentence).doesNotContain("\tat ", "S3cret", "S3cret".substring(1));
			List<String> lines = server.log().lines().toList();
			System.out.println("refused: " + lines.get(lines.indexOf("Description:") + 2));
		}
	}

}
