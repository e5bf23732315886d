package rollcall.roll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/** A clock that is moved by hand, also backwards. */
final class MovableClock extends Clock {

	private Instant now = Instant.parse("2026-03-02T22:30:00.123456Z");

	private Consumer<Instant> follower = (now) -> {
	};

	void move(Duration duration) {
		this.now = this.now.plus(duration);
		this.follower.accept(this.now);
	}

	/** Sets another clock by this one, now and whenever it is moved. */
	void setTo(Consumer<Instant> follower) {
		this.follower = follower;
		follower.accept(this.now);
	}

	@Override
	public Instant instant() {
		return this.now;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
