package rollcall.roll;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;

import static org.assertj.core.api.Assertions.assertThat;

class ReadProbeTests {

	/** As many as the pool has. */
	private static final int CONNECTIONS = 4;

	@TempDir
	Path folder;

	/** Readiness is asked while the probe waits for the pool. */
	@Test
	void poolWithoutAConnectionIsToldWithoutWaitingForIt() throws Exception {
		RollCallProperties properties = SqliteFolder.properties(this.folder, Duration.ZERO);
		RollMeters meters = new RollMeters(new SimpleMeterRegistry(), Clock.systemUTC());
		try (SqliteFolder sqlite = new SqliteFolder(this.folder, Clock.systemUTC(), System::nanoTime, properties,
				meters)) {
			ReadProbe probe = new ReadProbe(sqlite.store());
			probe.start();
			assertThat(isReadable(probe)).isTrue();
			List<Connection> taken = new ArrayList<>();
			for (int i = 0; i < CONNECTIONS; i++) {
				taken.add(sqlite.dataSource().getConnection());
			}
			Await.until("the store is not readable", () -> !isReadable(probe));
			for (Connection connection : taken) {
				connection.close();
			}
			Await.until("the store is readable again", () -> isReadable(probe));
			probe.stop();
		}
	}

	private static boolean isReadable(ReadProbe probe) {
		long began = System.nanoTime();
		boolean readable = probe.isReadable();
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
		return readable;
	}

}
