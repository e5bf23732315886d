package rollcall.roll;

import java.time.Duration;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Reports {@code DOWN} while the store cannot be written or read. It reads the store once
 * a second on its own thread, so a readiness check never waits for the disk, the database
 * or the connection pool.
 */
@Component
class StoreHealthIndicator extends Worker implements HealthIndicator {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/**
	 * If no read has completed for this long, the store counts as not readable. While
	 * many dashboards read, a read may wait almost as long for a connection.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final RollWriter writer;

	private final RollStore store;

	private volatile boolean readable;

	private volatile long readNanos;

	StoreHealthIndicator(RollWriter writer, RollStore store) {
		super("store-probe");
		this.writer = writer;
		this.store = store;
	}

	@Override
	public Health health() {
		return ((this.writer.isWriting() && isReadable()) ? Health.up() : Health.down()).build();
	}

	/** Reads once before the web server starts, so that a healthy node starts ready. */
	@Override
	public void start() {
		read();
		super.start();
	}

	@Override
	protected void work() throws InterruptedException {
		while (isRunning()) {
			Thread.sleep(INTERVAL.toMillis());
			read();
		}
	}

	/** Whether the last read succeeded and the next one does not hang. */
	private boolean isReadable() {
		return this.readable && System.nanoTime() - this.readNanos < LIMIT.toNanos();
	}

	private void read() {
		this.readable = this.store.isReadable();
		this.readNanos = System.nanoTime();
	}

}
