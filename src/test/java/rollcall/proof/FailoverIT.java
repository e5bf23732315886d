package rollcall.proof;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import rollcall.Await;
import rollcall.PostgresServer;
import rollcall.roll.postgres.SharedStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * PostgreSQL with a synchronous standby: after the primary has failed and the standby was
 * promoted, the nodes connect to it and find all acknowledged data.
 */
class FailoverIT {

	@TempDir
	Path folder;

	private PostgresServer primary;

	private PostgresServer standby;

	private PostgresServer.Database rolls;

	private Cluster cluster;

	@BeforeEach
	void start() {
		this.primary = PostgresServer.start();
		this.rolls = this.primary.shippedDatabase();
		this.standby = this.primary.startReplica();
		String url = "jdbc:postgresql://127.0.0.1:" + this.primary.port() + ",127.0.0.1:" + this.standby.port() + "/"
				+ this.rolls.name() + "?targetServerType=primary&user=" + PostgresServer.USER + "&password="
				+ URLEncoder.encode(PostgresServer.PASSWORD, StandardCharsets.UTF_8).replace("+", "%20");
		this.cluster = Cluster.start(this.folder, List.of(url, url));
	}

	@AfterEach
	void stop() {
		if (this.cluster != null) {
			this.cluster.close();
		}
		if (this.standby != null) {
			this.standby.close();
		}
		if (this.primary != null) {
			this.primary.close();
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void thePromotedStandbyHasAllAcknowledgedPresences() {
		long seed = Volume.seed();
		Tally tally = new Tally();
		try (Load load = new Load(this.cluster.base(), this.cluster.base(), 1, new Random(seed))) {
			load.awaitMore(1_000);
			load.failureBegins();
			this.primary.stopImmediately();
			int before = load.recorded();
			this.standby.promote();
			load.awaitMore(1_000);
			this.cluster.awaitReady();
			load.failureIsOver();
			tally.add(load.finish());
			System.out.println("failover (seed " + seed + "): " + before + " presences recorded before, " + tally);
			tally.assertKept();
			assertThat(tally.unanswered()).isNotEmpty();
		}
	}

	/**
	 * Data that only the lost primary had was not acknowledged by any node, also not on a
	 * retry. The nodes do no upkeep meanwhile: its commit would hang too, and the node
	 * would then refuse the end before it reaches the primary.
	 */
	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void withoutItsStandbyThePrimaryAcknowledgesNothing() throws SQLException {
		History history = new History();
		try (RollCallClient first = new RollCallClient(this.cluster.nodes().get(0).base(), history);
				RollCallClient second = new RollCallClient(this.cluster.nodes().get(1).base(), history);
				Connection otherUpkeep = this.rolls.connect();
				Statement upkeep = otherUpkeep.createStatement()) {
			Call.Started roll = (Call.Started) first.start(1);
			first.present(1, "before");
			upkeep.execute("SELECT pg_advisory_lock(" + SharedStore.UPKEEP + ")");
			this.standby.stopImmediately();
			assertThat(first.end(1, roll.rollId())).isInstanceOf(Call.Unanswered.class);
			Await.until("the roll has ended at the primary", () -> {
				// An administrator cancels the hanging commit: only the primary has it.
				this.primary
					.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
				return this.rolls.query("SELECT count(*) FROM roll WHERE ended_at IS NOT NULL").equals("1");
			});
			assertThat(second.end(1, roll.rollId())).isInstanceOf(Call.Unanswered.class);
			this.primary.stopImmediately();
			this.standby.startAgain();
			this.standby.promote();
			this.cluster.awaitReady();
			first.present(1, "after");
			assertThat(((Call.Ended) second.end(1, roll.rollId())).sheet().studentIds()).containsExactly("before",
					"after");
		}
		assertThat(history.violations()).isEmpty();
	}

}
