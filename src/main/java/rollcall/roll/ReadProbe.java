package rollcall.roll;

import java.time.Duration;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reads the store once a second on its own thread, so that a readiness check never waits
 * for the store.
 */
@Component
class ReadProbe implements SmartLifecycle {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/** Longer than a read waits for a connection while many dashboards read. */
	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final RollStore store;

	private final Worker worker = new Worker("store-probe", this::run);

	private volatile boolean readable;

	private volatile long readNanos;

	ReadProbe(RollStore store) {
		this.store = store;
	}

	/** Whether the last read succeeded, and the next one does not hang. */
	boolean isReadable() {
		return this.readable && System.nanoTime() - this.readNanos < LIMIT.toNanos();
	}

	/** Reads once before the web server starts, so that a healthy node starts ready. */
	@Override
	public void start() {
		read();
		this.worker.start();
	}

	@Override
	public void stop() {
		this.worker.interrupt();
		this.worker.join();
	}

	@Override
	public boolean isRunning() {
		return this.worker.isRunning();
	}

	/** Before the web server starts, after it stops. */
	@Override
	public int getPhase() {
		return 0;
	}

	private void run() {
		try {
			while (this.worker.isRunning()) {
				Thread.sleep(INTERVAL.toMillis());
				read();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void read() {
		this.readable = this.store.isReadable();
		this.readNanos = System.nanoTime();
	}

}
