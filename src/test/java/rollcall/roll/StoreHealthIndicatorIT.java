package rollcall.roll;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;
import rollcall.roll.sqlite.SqliteFolder;

import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class StoreHealthIndicatorIT {

	/** The size of the pool. */
	private static final int CONNECTIONS = 4;

	/** A reading waits for eight seconds for a connection. */
	private static final Duration AT_ONCE = Duration.ofSeconds(5);

	@TempDir
	Path folder;

	@Test
	void anExhaustedPoolIsReportedAtOnce() throws Exception {
		RollCallProperties properties = SqliteFolder.properties(this.folder, Duration.ZERO);
		RollMeters meters = TestFeed.meters(new SimpleMeterRegistry());
		try (SqliteFolder sqlite = new SqliteFolder(this.folder, Clock.systemUTC())) {
			RollWriter writer = new RollWriter(sqlite.database(), properties,
					TestFeed.into(new LinkedBlockingQueue<>(), meters), meters, new RollCodes(), new StoreClock());
			writer.start();
			StoreHealthIndicator health = new StoreHealthIndicator(writer, new RollStore(sqlite.dataSource(),
					sqlite.database(), properties, new StoreClock(), new RollCodes()));
			health.start();
			assertThat(isUp(health)).isTrue();
			List<Connection> taken = new ArrayList<>();
			for (int i = 0; i < CONNECTIONS; i++) {
				taken.add(sqlite.dataSource().getConnection());
			}
			Await.until("the store is down", () -> !isUp(health));
			for (Connection connection : taken) {
				connection.close();
			}
			Await.until("the store is up again", () -> isUp(health));
			health.stop();
			writer.stop();
		}
	}

	private static boolean isUp(StoreHealthIndicator health) {
		long began = System.nanoTime();
		boolean up = health.health().getStatus().equals(Status.UP);
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);
		return up;
	}

}
