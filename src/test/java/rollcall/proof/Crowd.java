package rollcall.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Threads that act at the same time. An exception in one of them fails the proof.
 */
final class Crowd implements AutoCloseable {

	private static final long PATIENCE_SECONDS = 300;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Future<?>> acts = new ArrayList<>();

	void add(Runnable act) {
		this.acts.add(this.threads.submit(act));
	}

	/** Waits until all have finished. */
	void join() {
		for (Future<?> act : this.acts) {
			join(act);
		}
		this.acts.clear();
	}

	private static void join(Future<?> act) {
		try {
			act.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
