package rollcall.roll.postgres;

import java.util.List;

import org.flywaydb.core.Flyway;
import rollcall.PostgresServer;
import rollcall.roll.RollEvent;
import rollcall.roll.StoreDatabase;

/** The shared store on a database of its own, for tests of other packages. */
public final class SharedStore {

	/** The channel of the notifications. */
	public static final String CHANNEL = NotificationCodec.CHANNEL;

	/** Advisory lock key of the node that does the upkeep. */
	public static final long UPKEEP = PostgresSession.UPKEEP;

	private SharedStore() {
	}

	public static StoreDatabase database(PostgresServer.Database database) {
		return new PostgresDatabase(DatabaseAddress.of(database.url()));
	}

	public static void migrate(PostgresServer.Database database) {
		Flyway.configure()
			.dataSource(database.jdbcUrl(), PostgresServer.USER, PostgresServer.PASSWORD)
			.locations("classpath:db/migration/postgresql")
			.schemas("public")
			.load()
			.migrate();
	}

	public static List<RollEvent> decode(String payload) {
		return NotificationCodec.decode(payload);
	}

}
