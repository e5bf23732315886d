package rollcall.roll.postgres;

import java.time.ZoneId;
import java.util.SimpleTimeZone;
import java.util.TimeZone;

/**
 * The default time zone of this JVM, with the name UTC. PostgreSQL's driver sends the
 * name of the default time zone at each login, and a server refuses a name that it does
 * not know, for example Brazil/East. All times are formatted with {@code java.time},
 * which gets the real zone from {@link #toZoneId()}.
 */
final class PostgresTimeZone extends SimpleTimeZone {

	private final ZoneId zone;

	private PostgresTimeZone(ZoneId zone) {
		super(0, "UTC");
		this.zone = zone;
	}

	/** Makes this zone the default. Called before the first connection. */
	static void install() {
		TimeZone.setDefault(new PostgresTimeZone(ZoneId.systemDefault()));
	}

	@Override
	public ZoneId toZoneId() {
		return this.zone;
	}

}
