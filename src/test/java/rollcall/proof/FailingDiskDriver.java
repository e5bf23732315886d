package rollcall.proof;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import rollcall.Await;
import rollcall.Needs;

/**
 * Makes every file write of the server fail for a while, under load and with a
 * subscriber, by limiting the size of its files. An answer or an event that belongs to a
 * failed commit was sent too early.
 */
final class FailingDiskDriver {

	private static final int STUDENTS = 4;

	private final ServerProcess server;

	private final Random random;

	private long nextClass;

	FailingDiskDriver(ServerProcess server, long seed) {
		this.server = server;
		this.random = new Random(seed);
		this.nextClass = 1 + this.random.nextInt(1_000_000_000);
	}

	Tally run(int failures) {
		Tally tally = new Tally();
		while (tally.histories() < failures && tally.violations().isEmpty()) {
			tally.add(failure(this.nextClass++));
		}
		return tally;
	}

	private History failure(long classId) {
		History history = new History();
		AtomicInteger recorded = new AtomicInteger();
		AtomicInteger unanswered = new AtomicInteger();
		AtomicBoolean over = new AtomicBoolean();
		try (Crowd crowd = new Crowd(); RollCallClient teacher = new RollCallClient(this.server.base(), history)) {
			Call.Started roll = (Call.Started) teacher.start(classId);
			try (StompWatcher watcher = StompWatcher.of(this.server.base(), roll.rollId())) {
				for (int i = 0; i < STUDENTS; i++) {
					int number = i;
					crowd.add(() -> answer(classId, number, history, recorded, unanswered, over));
				}
				Await.until("the watcher sees an event", () -> watcher.seen() > 0);
				awaitMore(recorded, this.random.nextInt(50));
				limitFiles("0");
				awaitMore(unanswered, 5);
				teacher.end(classId, roll.rollId());
				Await.until("readiness is down", () -> this.server.readiness() == 503);
				limitFiles("unlimited");
				Await.until("readiness is up", () -> this.server.readiness() == 200);
				int goal = recorded.get() + 5;
				Await.until("presences are recorded again, unless the unanswered end takes effect",
						() -> recorded.get() >= goal || teacher.read(classId, 0) instanceof Call.NoneOpen);
				over.set(true);
				crowd.join();
				Await.until("the roll ends", () -> teacher.end(classId, roll.rollId()) instanceof Call.Ended);
				watcher.awaitEnded();
				history.add(watcher.watch(true));
			}
		}
		return history;
	}

	private void answer(long classId, int number, History history, AtomicInteger recorded, AtomicInteger unanswered,
			AtomicBoolean over) {
		try (RollCallClient client = new RollCallClient(this.server.base(), history)) {
			for (int i = 0; !over.get(); i++) {
				Call.Reply reply = client.present(classId, classId + "-" + number + "-" + i);
				if (reply instanceof Call.Recorded) {
					recorded.incrementAndGet();
				}
				else if (reply instanceof Call.Unanswered) {
					unanswered.incrementAndGet();
				}
			}
		}
	}

	private static void awaitMore(AtomicInteger count, int more) {
		int goal = count.get() + more;
		Await.until(more + " more replies of this kind", () -> count.get() >= goal);
	}

	/** Sockets and pipes are not limited: only the store is affected. */
	private void limitFiles(String bytes) {
		if (!Needs.runs("prlimit", "--pid=" + this.server.pid(), "--fsize=" + bytes + ":unlimited")) {
			throw new AssertionError("prlimit cannot limit the server");
		}
	}

}
