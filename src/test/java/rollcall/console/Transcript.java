package rollcall.console;

import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import rollcall.Await;

/** The text that a command has written so far. A test can wait for a part of it. */
class Transcript extends Writer {

	private final StringBuilder text = new StringBuilder();

	@Override
	public synchronized void write(char[] buffer, int offset, int length) throws IOException {
		this.text.append(buffer, offset, length);
		notifyAll();
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
	}

	String await(String part) {
		return await((text) -> text.contains(part));
	}

	synchronized String await(Predicate<String> condition) {
		long deadline = System.nanoTime() + Await.DEADLINE.toNanos();
		while (!condition.test(this.text.toString())) {
			long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			if (left <= 0) {
				throw new AssertionError(
						"Not written within " + Await.DEADLINE.toSeconds() + " s. The text so far:\n" + this.text);
			}
			try {
				wait(left);
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}
		return this.text.toString();
	}

	@Override
	public synchronized String toString() {
		return this.text.toString();
	}

}
