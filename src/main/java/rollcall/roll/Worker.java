package rollcall.roll;

import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * A component that works on a thread of its own while the server runs. It starts before
 * the web server and stops after it, and may be started again. Public, because a store's
 * package extends it.
 */
public abstract class Worker implements SmartLifecycle {

	private final String name;

	private volatile boolean running;

	private @Nullable Thread thread;

	/**
	 * Describes the thread.
	 * @param name its name
	 */
	protected Worker(String name) {
		this.name = name;
	}

	/** Works on the thread until this is not {@linkplain #isRunning running} any more. */
	protected abstract void work() throws InterruptedException;

	/** Ends what {@link #work()} may be waiting for. */
	protected void wake(Thread thread) {
		thread.interrupt();
	}

	@Override
	public void start() {
		this.running = true;
		this.thread = new Thread(this::run, this.name);
		this.thread.start();
	}

	@Override
	public void stop() {
		this.running = false;
		if (this.thread != null) {
			wake(this.thread);
			try {
				this.thread.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return 0;
	}

	private void run() {
		try {
			work();
		}
		catch (InterruptedException ex) {
			// stop() interrupts a thread that waits.
			Thread.currentThread().interrupt();
		}
	}

}
