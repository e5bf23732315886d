package rollcall.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import rollcall.Await;

/**
 * Kills the server under load at random moments, repeatedly on the same data. Rolls stay
 * open across kills. A round is a few kills; at its end all rolls are ended and the
 * history is checked.
 */
final class KillDriver {

	private static final int KILLS_OF_A_ROUND = 5;

	private static final int CLASSES = 3;

	private static final int STUDENTS = 8;

	private final ServerProcess server;

	private final Random random;

	private final Tally tally = new Tally();

	private final List<Classroom> classrooms = new ArrayList<>();

	private History history = new History();

	private long nextClass;

	private int kills;

	KillDriver(ServerProcess server, long seed) {
		this.server = server;
		this.random = new Random(seed);
		this.nextClass = 1 + this.random.nextInt(1_000_000_000);
	}

	Tally run(int kills) {
		while (this.kills < kills && this.tally.violations().isEmpty()) {
			round(Math.min(KILLS_OF_A_ROUND, kills - this.kills));
		}
		return this.tally;
	}

	private void round(int kills) {
		this.history = new History();
		this.classrooms.clear();
		for (int i = 0; i < CLASSES; i++) {
			this.classrooms.add(new Classroom(this.nextClass++, i == 0));
		}
		for (int i = 0; i < kills; i++) {
			loadAndKill();
			this.kills++;
			this.server.restart();
		}
		try (RollCallClient teacher = new RollCallClient(this.server.base(), this.history)) {
			this.classrooms.forEach((classroom) -> classroom.finish(teacher));
		}
		this.tally.add(this.history);
	}

	private void loadAndKill() {
		AtomicInteger recorded = new AtomicInteger();
		int goal = 50 + this.random.nextInt(300);
		CountDownLatch killing = new CountDownLatch(1);
		try (Crowd crowd = new Crowd()) {
			for (int i = 0; i < STUDENTS; i++) {
				int number = i;
				Random own = new Random(this.random.nextLong());
				crowd.add(() -> answer(number, recorded, own));
			}
			for (Classroom classroom : this.classrooms) {
				Random own = new Random(this.random.nextLong());
				crowd.add(() -> teach(classroom, killing, own));
			}
			Await.until(goal + " presences are recorded", () -> recorded.get() >= goal);
			killing.countDown();
			this.server.kill();
			crowd.join();
		}
	}

	/** Posts until the server does not answer. */
	private void answer(int number, AtomicInteger recorded, Random random) {
		try (RollCallClient client = new RollCallClient(this.server.base(), this.history)) {
			Call.Reply reply;
			int i = 0;
			do {
				Classroom classroom = this.classrooms.get(random.nextInt(CLASSES));
				int which = (random.nextInt(5) == 0) ? random.nextInt(i + 1) : i;
				reply = client.present(classroom.classId(),
						classroom.classId() + "-" + this.kills + "-" + number + "-" + which,
						classroom.codes().pick(random, this.classrooms.get(0).codes()));
				if (reply instanceof Call.Recorded) {
					recorded.incrementAndGet();
				}
				i++;
			}
			while (reply instanceof Call.Recorded || reply instanceof Call.Refused);
		}
	}

	/**
	 * Opens a roll if none is open, corrects it until the kill, and in half of the cases
	 * ends it during the kill, by a request or by a deadline.
	 */
	private void teach(Classroom classroom, CountDownLatch killing, Random random) {
		try (RollCallClient teacher = new RollCallClient(this.server.base(), this.history)) {
			classroom.open(teacher);
			if (random.nextInt(3) == 0) {
				classroom.end(teacher);
				classroom.open(teacher);
			}
			do {
				correct(classroom, teacher, random, Duration.ofMillis(50));
			}
			while (!killing.await(20, TimeUnit.MILLISECONDS));
			if (random.nextBoolean()) {
				classroom.end(teacher);
				classroom.open(teacher);
			}
			correct(classroom, teacher, random, Duration.ofMillis(200));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Makes a few corrections, sometimes with a deadline, and opens the next roll. */
	private static void correct(Classroom classroom, RollCallClient teacher, Random random, Duration deadline) {
		if (classroom.isOpen()) {
			Corrector corrector = new Corrector(teacher, classroom.classId(), classroom.rollId(), random,
					classroom.codes());
			boolean open = true;
			for (int i = 0; i < 3 && open; i++) {
				open = corrector.correct();
			}
			if (open && random.nextInt(5) == 0) {
				corrector.setDeadline(deadline);
			}
		}
		classroom.open(teacher);
	}

}
