package rollcall.proof;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import rollcall.Await;

/**
 * One race: students of a few classes post without a pause while each class's teacher
 * opens rolls, corrects them and ends them at random moments, in one of several ways.
 */
final class RaceRound {

	private static final int STUDENTS = 10;

	private static final int AFTER_THE_END = 3;

	private final URI base;

	private final Random random;

	private final List<Room> rooms = new ArrayList<>();

	private final History history = new History();

	private final Crowd crowd;

	private final CountDownLatch teaching;

	RaceRound(URI base, long firstClass, Random random, Crowd crowd) {
		this.base = base;
		this.random = random;
		this.crowd = crowd;
		int classes = 1 + random.nextInt(4);
		this.teaching = new CountDownLatch(classes);
		for (int i = 0; i < classes; i++) {
			this.rooms.add(new Room(firstClass + i, random.nextInt(3) == 0));
		}
	}

	/** Runs the race to its end. */
	History run() {
		for (int i = 0; i < STUDENTS; i++) {
			int number = i;
			Random own = new Random(this.random.nextLong());
			this.crowd.add(() -> answer(number, own));
		}
		for (Room room : this.rooms) {
			Random own = new Random(this.random.nextLong());
			this.crowd.add(() -> teach(room, own));
		}
		this.crowd.join();
		return this.history;
	}

	private void answer(int number, Random random) {
		try (RollCallClient client = new RollCallClient(this.base, this.history)) {
			int left = AFTER_THE_END * this.rooms.size();
			for (int i = 0; left > 0; i++) {
				Room room = this.rooms.get(random.nextInt(this.rooms.size()));
				if (room.taught && random.nextInt(10) > 0 && this.teaching.getCount() > 0) {
					continue;
				}
				Room other = this.rooms.get(random.nextInt(this.rooms.size()));
				if (client.present(room.classId, student(room, number, i, random),
						room.codes.pick(random, other.codes)) instanceof Call.Recorded) {
					room.recorded.incrementAndGet();
				}
				if (this.teaching.getCount() == 0) {
					left--;
				}
			}
		}
	}

	/**
	 * A student id: mostly a new one, sometimes a former one or one of another student.
	 */
	private static String student(Room room, int number, int i, Random random) {
		int dice = random.nextInt(20);
		if (dice < 4) {
			return room.classId + "-" + number + "-" + random.nextInt(i + 1);
		}
		if (dice == 4) {
			return room.classId + "-shared-" + room.recorded.get() / 4;
		}
		return room.classId + "-" + number + "-" + i;
	}

	private void teach(Room room, Random random) {
		try (RollCallClient teacher = new RollCallClient(this.base, this.history);
				RollCallClient other = new RollCallClient(this.base, this.history);
				RollCallClient assistant = new RollCallClient(this.base, this.history)) {
			for (int rolls = 1 + random.nextInt(3); rolls > 0; rolls--) {
				roll(room, random, teacher, other, assistant);
			}
		}
		finally {
			room.taught = true;
			this.teaching.countDown();
		}
	}

	private void roll(Room room, Random random, RollCallClient teacher, RollCallClient other,
			RollCallClient assistant) {
		Call.Times times = (random.nextInt(4) == 0) ? new Call.Times(1L + random.nextInt(50), null) : Call.Times.NONE;
		room.codes.forget();
		if (!(teacher.start(room.classId, times, room.codes.isUsed()) instanceof Call.Started started)) {
			return;
		}
		room.codes.show(teacher, room.classId);
		End end = End.values()[random.nextInt(End.values().length)];
		StompWatcher watcher = (random.nextInt(4) == 0) ? watch(started.rollId()) : null;
		try (Crowd pair = new Crowd()) {
			if (random.nextInt(3) == 0) {
				Corrector corrector = new Corrector(assistant, room.classId, started.rollId(),
						new Random(random.nextLong()), room.codes);
				pair.add(() -> correct(corrector, end));
			}
			await(room, random.nextInt(60));
			if (random.nextInt(4) == 0) {
				teacher.start(room.classId);
			}
			if (random.nextInt(3) == 0 && teacher.read(room.classId, 0) instanceof Call.Current current) {
				await(room, random.nextInt(10));
				teacher.read(room.classId, current.seq());
			}
			end.end(room.classId, started.rollId(), teacher, other);
			if (watcher != null) {
				watcher.awaitEnded();
			}
			pair.join();
		}
		finally {
			if (watcher != null) {
				this.history.add(watcher.watch(true));
				watcher.close();
			}
		}
	}

	/** Corrects until the roll has ended. Only one teacher at a time sets times. */
	private static void correct(Corrector corrector, End end) {
		boolean open = corrector.read();
		while (open) {
			open = (end != End.AT_ITS_DEADLINE) ? corrector.correct() : corrector.mark();
		}
	}

	private @Nullable StompWatcher watch(String rollId) {
		StompWatcher watcher = StompWatcher.of(this.base, rollId);
		Await.until("the watcher sees an event", () -> watcher.seen() > 0 || watcher.trouble() != null);
		if (watcher.trouble() != null) {
			throw new AssertionError(watcher.trouble());
		}
		return watcher;
	}

	private void await(Room room, int more) {
		int goal = room.recorded.get() + more;
		Await.until("more presences are recorded", () -> room.recorded.get() >= goal);
	}

	/** A class and the number of its acknowledged presences. */
	private static final class Room {

		private final long classId;

		private final CodeBook codes;

		private final AtomicInteger recorded = new AtomicInteger();

		private volatile boolean taught;

		private Room(long classId, boolean code) {
			this.classId = classId;
			this.codes = new CodeBook(code);
		}

	}

	/** The ways to end a roll. */
	private enum End {

		PLAIN {
			@Override
			void end(long classId, String rollId, RollCallClient teacher, RollCallClient other) {
				teacher.end(classId, null);
			}
		},

		CONDITIONAL_AND_RETRIED {
			@Override
			void end(long classId, String rollId, RollCallClient teacher, RollCallClient other) {
				teacher.end(classId, rollId);
				teacher.end(classId, rollId);
			}
		},

		TWO_AT_ONCE {
			@Override
			void end(long classId, String rollId, RollCallClient teacher, RollCallClient other) {
				atOnce(() -> teacher.end(classId, null), () -> other.end(classId, null));
			}
		},

		TWO_CONDITIONAL_AT_ONCE {
			@Override
			void end(long classId, String rollId, RollCallClient teacher, RollCallClient other) {
				atOnce(() -> teacher.end(classId, rollId), () -> other.end(classId, rollId));
			}
		},

		AT_ITS_DEADLINE {
			@Override
			void end(long classId, String rollId, RollCallClient teacher, RollCallClient other) {
				Duration soon = Duration.ofMillis(1 + classId % 30);
				if (new Corrector(teacher, classId, rollId, new Random(classId)).setDeadline(soon) != null) {
					Await.until("the roll ends at its deadline",
							() -> teacher.read(classId, 0) instanceof Call.NoneOpen);
					teacher.listSheets(classId);
				}
				atOnce(() -> teacher.end(classId, rollId), () -> other.end(classId, rollId));
			}
		},

		WITH_A_START_AT_ONCE {
			@Override
			void end(long classId, String rollId, RollCallClient teacher, RollCallClient other) {
				atOnce(() -> teacher.end(classId, rollId), () -> {
					if (other.start(classId) instanceof Call.Started next) {
						other.end(classId, next.rollId());
					}
				});
			}
		};

		abstract void end(long classId, String rollId, RollCallClient teacher, RollCallClient other);

		private static void atOnce(Runnable mine, Runnable others) {
			try (Crowd pair = new Crowd()) {
				pair.add(others);
				mine.run();
				pair.join();
			}
		}

	}

}
