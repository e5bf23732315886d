package rollcall.roll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/** A clock that a test moves, together with the monotonic time or without it. */
final class MovableClock extends Clock {

	private Instant now = Instant.parse("2026-03-02T22:30:00.123456Z");

	private long nanos = 1_000_000_000_000L;

	private Consumer<Instant> follower = (now) -> {
	};

	/** Lets time pass. */
	void move(Duration duration) {
		this.nanos += duration.toNanos();
		jump(duration);
	}

	/** The monotonic time, nanoseconds. */
	long nanos() {
		return this.nanos;
	}

	/** Changes the clock while no time passes. */
	void jump(Duration duration) {
		this.now = this.now.plus(duration);
		this.follower.accept(this.now);
	}

	/** Sets another clock to this one, now and at each change. */
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
