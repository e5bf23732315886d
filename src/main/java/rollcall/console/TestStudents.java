package rollcall.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import rollcall.console.Failure.ExitCode;
import rollcall.roll.PresenceReceipt;

/**
 * Students of a rehearsal. All arrival times are planned before the first student
 * arrives, so a slow answer delays nobody. Each student who waits for an answer has a
 * thread and a connection.
 */
final class TestStudents {

	private static final String PREFIX = "test-";

	private static final long STACK_BYTES = 256 * 1024;

	/** As on the student's page. */
	private static final int LONGEST_PAUSE_SECONDS = 10;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final ExecutorService phones = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS,
			new SynchronousQueue<>(), TestStudents::thread);

	private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

	private final AtomicInteger busy = new AtomicInteger();

	private final AtomicInteger lost = new AtomicInteger();

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final RollClient client;

	private final Supplier<@Nullable StudentCode> code;

	private final List<Arrival> plan;

	/**
	 * Students who do not come yet.
	 * @param client uses a connection for one request only
	 * @param code the code that a student reads at this moment; null if there is none
	 */
	TestStudents(RollClient client, Supplier<@Nullable StudentCode> code, List<Arrival> plan) {
		this.client = client;
		this.code = code;
		this.plan = plan;
	}

	private static Thread thread(Runnable phone) {
		Thread thread = new Thread(null, phone, "test-student", STACK_BYTES);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Plans the arrivals: each student has a part of the period, and arrives at a random
	 * time in it.
	 * @param seed gives the same times again
	 */
	static List<Arrival> plan(int count, Duration period, long seed) {
		Random random = new Random(seed);
		List<Arrival> plan = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			long nanos = (long) (period.toNanos() * ((i + random.nextDouble()) / count));
			plan.add(new Arrival(PREFIX + "%04d".formatted(i + 1), nanos));
		}
		return List.copyOf(plan);
	}

	/** Whether this is the id of a test student. */
	static boolean isOne(String studentId) {
		return studentId.startsWith(PREFIX);
	}

	int count() {
		return this.plan.size();
	}

	/** Lets all students arrive, and returns when all are answered, or after a stop. */
	Answers arrive(long classId) {
		long start = System.nanoTime();
		for (Arrival student : this.plan) {
			long planned = start + student.afterNanos();
			if (isStoppedWithin(planned - System.nanoTime())) {
				break;
			}
			this.phones.execute(() -> this.answers.add(answer(classId, student.studentId(), planned)));
		}
		this.phones.shutdown();
		try {
			this.phones.awaitTermination(1, TimeUnit.DAYS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return new Answers(count(), List.copyOf(this.answers), this.busy.get(), this.lost.get());
	}

	/** No student arrives any more, and none tries again. */
	void stop() {
		this.stopped.countDown();
	}

	private boolean isStoppedWithin(long nanos) {
		try {
			return this.stopped.await(nanos, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	/** Sends a presence, and tries again after growing pauses, as a phone does. */
	private Answer answer(long classId, String studentId, long planned) {
		for (int attempt = 1;; attempt++) {
			try {
				PresenceReceipt receipt = this.client.record(classId, studentId, this.code.get()).presence();
				return new Answer(studentId, receipt, null, planned, System.nanoTime());
			}
			catch (Failure ex) {
				if (ex.isTransient()) {
					((ex.exitCode() == ExitCode.UNREACHABLE) ? this.lost : this.busy).incrementAndGet();
				}
				boolean patient = System.nanoTime() - planned < PATIENCE.toNanos();
				if (!ex.isTransient() || !patient || isStoppedWithin(pauseNanos(attempt))) {
					return new Answer(studentId, null, ex, planned, System.nanoTime());
				}
			}
		}
	}

	private static long pauseNanos(int attempt) {
		long most = TimeUnit.SECONDS.toNanos(Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(attempt, 10)));
		return most / 2 + ThreadLocalRandom.current().nextLong(most / 2);
	}

	/** How often an answer said that the server cannot answer now. */
	int busy() {
		return this.busy.get();
	}

	/** How often no answer came. */
	int lost() {
		return this.lost.get();
	}

	/**
	 * A planned arrival.
	 *
	 * @param studentId the student
	 * @param afterNanos the time after the start
	 */
	record Arrival(String studentId, long afterNanos) {
	}

	/**
	 * The last answer to a student.
	 *
	 * @param studentId the student
	 * @param receipt recorded or refused; null if there is no answer
	 * @param failure why there is no answer; null if there is one
	 * @param planned when the student was to arrive
	 * @param answered when the answer came
	 */
	record Answer(String studentId, @Nullable PresenceReceipt receipt, @Nullable Failure failure, long planned,
			long answered) {

		boolean isRecorded() {
			return this.receipt != null && this.receipt.classId() != 0;
		}

	}

	/**
	 * What the students were answered.
	 *
	 * @param count the number of planned students
	 * @param last the last answer to each student who arrived
	 * @param busy how often an answer said that the server cannot answer now
	 * @param lost how often no answer came
	 */
	record Answers(int count, List<Answer> last, int busy, int lost) {
	}

}
