package rollcall.roll;

import java.time.ZoneId;
import java.util.SimpleTimeZone;
import java.util.TimeZone;

/**
 * This JVM's zone under the name UTC. PostgreSQL's driver sends the name with every
 * login, and a server that does not know it (Brazil/East, for example) refuses the login.
 * Only {@code java.time} shows times here, and it still finds the real zone.
 */
final class PostgresTimeZone extends SimpleTimeZone {

	private final ZoneId zone;

	private PostgresTimeZone(ZoneId zone) {
		super(0, "UTC");
		this.zone = zone;
	}

	/** Makes it the default, before the first connection. */
	static void install() {
		TimeZone.setDefault(new PostgresTimeZone(ZoneId.systemDefault()));
	}

	@Override
	public ZoneId toZoneId() {
		return this.zone;
	}

}
