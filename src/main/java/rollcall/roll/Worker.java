package rollcall.roll;

import org.jspecify.annotations.Nullable;

/**
 * The thread of a part that works as long as the server runs. It may be started again
 * after it was stopped.
 */
final class Worker {

	private final String name;

	private final Runnable work;

	private volatile boolean running;

	private @Nullable Thread thread;

	/**
	 * Describes a thread.
	 * @param name its name
	 * @param work what it does, until this is not {@linkplain #isRunning running} any
	 * more
	 */
	Worker(String name, Runnable work) {
		this.name = name;
		this.work = work;
	}

	void start() {
		this.running = true;
		this.thread = new Thread(this.work, this.name);
		this.thread.start();
	}

	boolean isRunning() {
		return this.running;
	}

	/** Asks it to end when it has done its work, and waits for that. */
	void finish() {
		this.running = false;
		join();
	}

	/** Asks it to end, whatever it waits for. */
	void interrupt() {
		this.running = false;
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

	void join() {
		try {
			if (this.thread != null) {
				this.thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
