package rollcall.roll.postgres;

import java.time.ZoneId;
import java.util.SimpleTimeZone;
import java.util.TimeZone;

/**
 * This JVM's time zone under the name UTC. PostgreSQL's driver sends the name with every
 * login, and a server that does not know it, for example Brazil/East, refuses the login.
 * All times are formatted with {@code java.time}, which still finds the real zone.
 */
final class PostgresTimeZone extends SimpleTimeZone {

	private final ZoneId zone;

	private PostgresTimeZone(ZoneId zone) {
		super(0, "UTC");
		this.zone = zone;
	}

	/** Makes it the default; called before the first connection. */
	static void install() {
		TimeZone.setDefault(new PostgresTimeZone(ZoneId.systemDefault()));
	}

	@Override
	public ZoneId toZoneId() {
		return this.zone;
	}

}
