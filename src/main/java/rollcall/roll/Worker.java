package rollcall.roll;

import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * A component with its own thread while the server runs. It starts before the web server
 * and stops after it. It can be started again. Public, because the package of the shared
 * store extends it.
 */
public abstract class Worker implements SmartLifecycle {

	private final String name;

	private volatile boolean running;

	private @Nullable Thread thread;

	/**
	 * Creates a component that is not started.
	 * @param name the name of its thread
	 */
	protected Worker(String name) {
		this.name = name;
	}

	/**
	 * The work of the thread. It must return soon after {@link #isRunning()} became
	 * false.
	 * @throws InterruptedException if {@link #stop()} interrupted the thread
	 */
	protected abstract void work() throws InterruptedException;

	/** Makes {@link #work()} stop waiting; by default with an interrupt. */
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
