package rollcall.proof;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import rollcall.Await;

/**
 * Students and teachers of a few classes who go on whatever breaks, and when they get no
 * answer do what the contract says: wait a moment and ask again.
 */
final class Load implements AutoCloseable {

	private static final int CLASSES = 3;

	private static final int STUDENTS = 8;

	/** Of each class: enough that some hang on every node. */
	private static final int DASHBOARDS = 3;

	private static final int LONG_ROLL = 1_000;

	private static final Duration MOMENT = Duration.ofMillis(50);

	private final URI students;

	private final URI teachers;

	private final History history = new History();

	private final List<Room> rooms = new ArrayList<>();

	private final AtomicInteger recorded = new AtomicInteger();

	private final Queue<Integer> closeCodes = new ConcurrentLinkedQueue<>();

	private final AtomicInteger movedDashboards = new AtomicInteger();

	private final Crowd crowd = new Crowd();

	private volatile boolean over;

	/**
	 * Begins.
	 * @param students where students ask and dashboards watch
	 * @param teachers where rolls are opened and ended
	 * @param firstClass the first of the classes that nobody else uses
	 */
	Load(URI students, URI teachers, long firstClass, Random random) {
		this.students = students;
		this.teachers = teachers;
		for (int i = 0; i < CLASSES; i++) {
			Room room = new Room(new Classroom(firstClass + i));
			this.rooms.add(room);
			Random own = new Random(random.nextLong());
			this.crowd.add(() -> teach(room, own));
		}
		for (int i = 0; i < STUDENTS; i++) {
			int number = i;
			Random own = new Random(random.nextLong());
			this.crowd.add(() -> answer(number, own));
		}
	}

	/** How many times a student was told "recorded". */
	int recorded() {
		return this.recorded.get();
	}

	void awaitMore(int presences) {
		int goal = recorded() + presences;
		Await.until(presences + " more presences are recorded", () -> recorded() >= goal);
	}

	/** The codes with which sockets of dashboards were closed. */
	Queue<Integer> closeCodes() {
		return this.closeCodes;
	}

	/**
	 * How many dashboards have moved to another socket and then knew the whole roll at
	 * its end.
	 */
	int movedDashboards() {
		return this.movedDashboards.get();
	}

	/** Everybody stops, every roll is ended. */
	History finish() {
		this.over = true;
		this.crowd.join();
		return this.history;
	}

	private void answer(int number, Random random) {
		try (RollCallClient client = new RollCallClient(this.students, this.history)) {
			for (int i = 0; !this.over; i++) {
				Room room = this.rooms.get(random.nextInt(CLASSES));
				long classId = room.classroom.classId();
				int which = (random.nextInt(5) == 0) ? random.nextInt(i + 1) : i;
				Call.Reply reply;
				do {
					reply = client.present(classId, classId + "-" + number + "-" + which);
				}
				while (reply instanceof Call.Unanswered && waited());
				if (reply instanceof Call.Recorded) {
					room.recorded.incrementAndGet();
					this.recorded.incrementAndGet();
				}
			}
		}
	}

	private void teach(Room room, Random random) {
		try (RollCallClient teacher = new RollCallClient(this.teachers, this.history)) {
			while (!this.over) {
				room.classroom.open(teacher);
				if (room.classroom.isOpen()) {
					roll(room, random, teacher);
				}
				else {
					waited();
				}
			}
			Await.until("the last roll is ended", () -> {
				room.classroom.finish(teacher);
				return !room.classroom.isOpen() && teacher.read(room.classroom.classId(), 0) instanceof Call.NoneOpen;
			});
		}
	}

	private void roll(Room room, Random random, RollCallClient teacher) {
		String rollId = room.classroom.rollId();
		List<Follower> dashboards = new ArrayList<>();
		for (int i = 0; i < DASHBOARDS; i++) {
			dashboards.add(new Follower(this.students, room.classroom, teacher, this.history));
		}
		try {
			int goal = room.recorded.get() + ((random.nextInt(4) == 0) ? LONG_ROLL : random.nextInt(80));
			while (!this.over && (!keepUp(dashboards) || room.recorded.get() < goal)) {
				LockSupport.parkNanos(5_000_000);
			}
			room.classroom.end(teacher);
			while (room.classroom.isOpen() && waited()) {
				room.classroom.finish(teacher);
			}
			if (!room.classroom.isOpen()) {
				dashboards.forEach(this::finish);
				if (random.nextInt(3) == 0) {
					teacher.end(room.classroom.classId(), rollId);
				}
			}
		}
		finally {
			dashboards.forEach(Follower::close);
		}
	}

	private static boolean keepUp(List<Follower> dashboards) {
		return dashboards.stream().filter(Follower::keepUp).count() == dashboards.size();
	}

	private void finish(Follower dashboard) {
		boolean complete = dashboard.finish();
		List<Integer> codes = dashboard.closeCodes();
		this.closeCodes.addAll(codes);
		if (complete && !codes.isEmpty()) {
			this.movedDashboards.incrementAndGet();
		}
	}

	/** Waits a moment, unless it is over. */
	private boolean waited() {
		LockSupport.parkNanos(MOMENT.toNanos());
		return !this.over;
	}

	@Override
	public void close() {
		this.over = true;
		this.crowd.close();
	}

	/** A class and how many times its students were told "recorded". */
	private static final class Room {

		private final Classroom classroom;

		private final AtomicInteger recorded = new AtomicInteger();

		private Room(Classroom classroom) {
			this.classroom = classroom;
		}

	}

}
