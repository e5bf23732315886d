package rollcall.proof;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import rollcall.Await;

/**
 * Students and teachers of a few classes. They continue during all failures; without an
 * answer they wait a moment and repeat the request, as the contract says.
 */
final class Load implements AutoCloseable {

	private static final int CLASSES = 3;

	private static final int STUDENTS = 8;

	/** Dashboards of each class: enough for every node. */
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

	private volatile boolean corrects;

	private volatile boolean failing;

	private volatile boolean over;

	/**
	 * Starts the clients.
	 * @param students the address for students and dashboards
	 * @param teachers the address for teachers
	 * @param firstClass the first of the classes, which no other client uses
	 */
	Load(URI students, URI teachers, long firstClass, Random random) {
		this(students, teachers, firstClass, random, true);
	}

	private Load(URI students, URI teachers, long firstClass, Random random, boolean corrects) {
		this.corrects = corrects;
		this.students = students;
		this.teachers = teachers;
		for (int i = 0; i < CLASSES; i++) {
			Room room = new Room(new Classroom(firstClass + i, corrects && i == 0));
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

	/** Starts the clients of a server that knows neither marks nor times. */
	static Load withoutCorrections(URI base, long firstClass, Random random) {
		return new Load(base, base, firstClass, random, false);
	}

	/** Lets the teachers mark students and set times from now on. */
	void allowCorrections() {
		this.corrects = true;
	}

	/** From now on nodes fail: the proxy may deliver a presence to two of them. */
	void failureBegins() {
		this.failing = true;
	}

	void failureIsOver() {
		this.failing = false;
	}

	/** The number of acknowledged presences. */
	int recorded() {
		return this.recorded.get();
	}

	void awaitMore(int presences) {
		int goal = recorded() + presences;
		Await.until(presences + " more presences are recorded", () -> recorded() >= goal);
	}

	/** The close codes of the dashboards' sockets. */
	Queue<Integer> closeCodes() {
		return this.closeCodes;
	}

	/**
	 * The number of dashboards that reconnected and knew the whole roll at its end.
	 */
	int movedDashboards() {
		return this.movedDashboards.get();
	}

	/** Stops all clients and ends every roll. */
	History finish() {
		this.over = true;
		this.crowd.join();
		return this.history;
	}

	private void answer(int number, Random random) {
		try (RollCallClient client = new RollCallClient(this.students, this.history, () -> this.failing)) {
			for (int i = 0; !this.over; i++) {
				Room room = this.rooms.get(random.nextInt(CLASSES));
				long classId = room.classroom.classId();
				int which = (random.nextInt(5) == 0) ? random.nextInt(i + 1) : i;
				String code = room.classroom.codes().pick(random, this.rooms.get(0).classroom.codes());
				Call.Reply reply;
				do {
					reply = client.present(classId, classId + "-" + number + "-" + which, code);
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
		try (RollCallClient teacher = new RollCallClient(this.teachers, this.history, () -> this.failing)) {
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
			Await.until("the ends are published, or the sockets break", () -> {
				letDashboardsLeave(room);
				return room.leaving.isEmpty();
			});
		}
		finally {
			room.leaving.forEach(Follower::close);
		}
	}

	/**
	 * Opens dashboards, corrects the list, and ends the roll or lets its deadline come.
	 * The dashboards leave later: one of them may wait for the end at a paused node, and
	 * the class must not wait with it.
	 */
	private void roll(Room room, Random random, RollCallClient teacher) {
		String rollId = room.classroom.rollId();
		List<Follower> dashboards = new ArrayList<>();
		for (int i = 0; i < DASHBOARDS; i++) {
			dashboards.add(new Follower(this.students, room.classroom, teacher, this.history));
		}
		try {
			follow(room, random, dashboards,
					new Corrector(teacher, room.classroom.classId(), rollId, random, room.classroom.codes()), teacher);
			room.classroom.end(teacher);
			while (room.classroom.isOpen() && waited()) {
				room.classroom.finish(teacher);
			}
			if (!room.classroom.isOpen() && random.nextInt(3) == 0) {
				teacher.end(room.classroom.classId(), rollId);
			}
		}
		finally {
			room.leaving.addAll(dashboards);
		}
	}

	private void follow(Room room, Random random, List<Follower> dashboards, Corrector corrector,
			RollCallClient teacher) {
		int goal = room.recorded.get() + ((random.nextInt(4) == 0) ? LONG_ROLL : random.nextInt(80));
		Instant deadline = (this.corrects && random.nextInt(4) == 0)
				? corrector.setDeadline(Duration.ofMillis(random.nextInt(1_000))) : null;
		while (!this.over && (!keepUp(dashboards) || room.recorded.get() < goal)
				&& dashboards.stream().noneMatch(Follower::isOver)
				&& (deadline == null || Instant.now().isBefore(deadline.plusSeconds(1)))) {
			if (this.corrects && random.nextInt(10) == 0) {
				corrector.correct();
			}
			room.classroom.showCodes(teacher);
			letDashboardsLeave(room);
			LockSupport.parkNanos(5_000_000);
		}
	}

	private static boolean keepUp(List<Follower> dashboards) {
		return dashboards.stream().filter(Follower::keepUp).count() == dashboards.size();
	}

	/** Lets those dashboards of earlier rolls leave that have received the end. */
	private void letDashboardsLeave(Room room) {
		for (Follower dashboard : List.copyOf(room.leaving)) {
			if (dashboard.leaveAtTheEnd()) {
				room.leaving.remove(dashboard);
				this.closeCodes.addAll(dashboard.closeCodes());
				if (dashboard.isComplete() && !dashboard.closeCodes().isEmpty()) {
					this.movedDashboards.incrementAndGet();
				}
			}
		}
	}

	/** Waits a moment, unless the load is over. */
	private boolean waited() {
		LockSupport.parkNanos(MOMENT.toNanos());
		return !this.over;
	}

	@Override
	public void close() {
		this.over = true;
		this.crowd.close();
	}

	/** A class, the number of its acknowledged presences, and its old dashboards. */
	private static final class Room {

		private final Classroom classroom;

		private final AtomicInteger recorded = new AtomicInteger();

		/** The dashboards of ended rolls. */
		private final List<Follower> leaving = new ArrayList<>();

		private Room(Classroom classroom) {
			this.classroom = classroom;
		}

	}

}
