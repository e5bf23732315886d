package rollcall.roll;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;

/**
 * Tells students how long they still have to answer. Everybody may ask, so only a few of
 * these reads run at once, and one that would wait for long is refused: neither a crowd
 * nor a store that hangs can take all connections from the teachers, and only these few
 * threads wait longer than that. Public, because the student's page uses it.
 */
@Component
public class StudentTimes {

	/** Fewer than the connections for reading. */
	private static final int MAX_READS = 3;

	/** A read takes less than a millisecond, so this is enough for a large class. */
	private static final Duration MAX_WAIT = Duration.ofMillis(500);

	private final Semaphore reads = new Semaphore(MAX_READS);

	private final RollWriter writer;

	private final RollStore store;

	StudentTimes(RollWriter writer, RollStore store) {
		this.writer = writer;
		this.store = store;
	}

	/**
	 * The times of the open roll of a class.
	 * @return the times; empty if no roll is open, or if it has none
	 * @throws StoreUnavailableException if the store does not answer, or if too many ask
	 */
	public Optional<TimesLeft> left(ClassId classId) {
		if (!this.writer.isWriting() || !mayRead()) {
			throw StoreUnavailableException.failed();
		}
		try {
			return this.store.timesLeft(classId.value()).filter((times) -> !times.isNone());
		}
		finally {
			this.reads.release();
		}
	}

	private boolean mayRead() {
		try {
			return this.reads.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
