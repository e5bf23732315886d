package rollcall.proof;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import rollcall.Await;
import rollcall.DatabaseClock;
import rollcall.PostgresServer;

/**
 * Tells one story of codes at nodes on one database, whose clock it moves and which it
 * pauses: each kind of wrong code, a code that arrives in time while the database stands
 * still, and tickets. The times in the history move with the clock of the database.
 */
final class CodeDriver {

	private static final long CLASS = 1;

	private static final long OTHER_CLASS = 2;

	private static final Duration PERIOD = Duration.ofSeconds(15);

	/** A code is accepted for 45 seconds. At this age it has expired. */
	private static final Duration EXPIRED = Duration.ofSeconds(46);

	/** Longer than the ten seconds after which a node answers 503. */
	private static final Duration LONG_PAUSE = Duration.ofSeconds(11);

	/**
	 * Shorter than the eight seconds after which a node gives its connection up, and long
	 * enough for a busy machine to send a request before the code expires.
	 */
	private static final Duration SHORT_PAUSE = Duration.ofSeconds(5);

	private final URI teachers;

	private final URI students;

	private final PostgresServer database;

	private final DatabaseClock clock;

	private final History history = new History();

	private final Tally tally = new Tally();

	private final RollCallClient teacher;

	private final RollCallClient phone;

	private final RollCallClient otherPhone;

	private volatile Duration moved = Duration.ZERO;

	/**
	 * Creates a driver.
	 * @param teachers the node at which the teacher reads the codes
	 * @param students the node to which the students send them
	 */
	CodeDriver(URI teachers, URI students, PostgresServer database, DatabaseClock clock) {
		this.teachers = teachers;
		this.students = students;
		this.database = database;
		this.clock = clock;
		this.teacher = client(teachers);
		this.phone = client(students);
		this.otherPhone = client(students);
	}

	/** A client whose time moves with the clock of the database. */
	private RollCallClient client(URI node) {
		return new RollCallClient(node, this.history, () -> false, this::now);
	}

	Tally run() {
		try (this.teacher; this.phone; this.otherPhone) {
			String rollId = started(CLASS);
			String otherRollId = started(OTHER_CLASS);
			beginPeriod();
			List<Call.ShownCode> codes = codes(CLASS);
			long shown = now() + TimeUnit.MILLISECONDS.toNanos(codes.get(0).fromMs());
			refuseWrongCodes(codes, codes(OTHER_CLASS).get(0).code());
			repeatAndRemove(rollId, codes.get(0).code());
			standStill(codes, shown);
			expireBeforeCommit();
			this.teacher.end(OTHER_CLASS, otherRollId);
			this.teacher.end(CLASS, rollId);
			String next = started(CLASS);
			this.phone.present(CLASS, "gil", codes.get(3).code());
			this.teacher.end(CLASS, next);
		}
		this.tally.add(this.history);
		return this.tally;
	}

	private String started(long classId) {
		return ((Call.Started) this.teacher.start(classId, Call.Times.NONE, true)).rollId();
	}

	private List<Call.ShownCode> codes(long classId) {
		Call.Reply reply = this.teacher.codes(classId);
		while (reply instanceof Call.Unanswered) {
			reply = this.teacher.codes(classId);
		}
		return ((Call.Codes) reply).codes();
	}

	private long now() {
		return System.nanoTime() + this.moved.toNanos();
	}

	/** Moves the clock to the first seconds of a period. */
	private void beginPeriod() {
		move(Duration.ofMillis(codes(CLASS).get(1).fromMs()).plusSeconds(2));
	}

	/**
	 * Moves the clock by whole seconds, and waits until both nodes have noticed it.
	 * @param duration at least until the end of the present period
	 */
	private void move(Duration duration) {
		Duration whole = Duration.ofSeconds(duration.toSeconds());
		List<String> over = codes(CLASS).stream()
			.filter((code) -> code.fromMs() + PERIOD.toMillis() <= whole.toMillis())
			.map(Call.ShownCode::code)
			.toList();
		this.clock.move(whole);
		this.moved = this.moved.plus(whole);
		for (URI node : List.of(this.teachers, this.students)) {
			try (RollCallClient reader = new RollCallClient(node, new History())) {
				Await.until("the node follows the clock", () -> reader.codes(CLASS) instanceof Call.Codes read
						&& !over.contains(read.codes().get(0).code()));
			}
		}
	}

	private void refuseWrongCodes(List<Call.ShownCode> codes, String ofOtherClass) {
		this.phone.present(CLASS, "ana", codes.get(0).code());
		this.phone.present(CLASS, "ben");
		for (String wrong : List.of("BCDFGH", "no code", ofOtherClass, codes.get(1).code(), codes.get(2).code(),
				codes.get(3).code())) {
			this.phone.present(CLASS, "ben", wrong);
		}
	}

	/** Who has no code does not learn who is present. */
	private void repeatAndRemove(String rollId, String code) {
		this.phone.present(CLASS, "ana", code);
		this.phone.present(CLASS, "ana");
		this.phone.present(CLASS, "ana", "BCDFGH");
		this.teacher.mark(CLASS, rollId, "ben", "absent");
		this.phone.present(CLASS, "ben", code);
		this.phone.present(CLASS, "ben");
	}

	private void standStill(List<Call.ShownCode> codes, long shown) {
		String expiring = codes.get(0).code();
		String later = codes.get(1).code();
		move(EXPIRED.minus(LONG_PAUSE).minusNanos(now() - shown));
		this.database.pause();
		try (Crowd crowd = new Crowd(); RollCallClient hanging = client(this.students)) {
			crowd.add(() -> recordInTheEnd(hanging, "cid", expiring));
			try (HttpConnection plain = new HttpConnection(this.students)) {
				Await.until("the node refuses presences",
						() -> plain.send("GET", "/actuator/health/readiness", null) instanceof Outcome.Answered answer
								&& answer.status() == 503);
			}
			this.phone.present(CLASS, "dan", later);
			Await.until("the code has expired", () -> now() > shown + EXPIRED.toNanos());
			this.database.resume();
			crowd.join();
		}
		finally {
			this.database.resume();
		}
		useTicket(later, Objects.requireNonNull(this.phone.ticket()));
	}

	/**
	 * A code expires while its request waits for the store. On a busy machine the node
	 * can give its connection up and answer 503. Then the next student tries.
	 */
	private void expireBeforeCommit() {
		for (String student : List.of("hal", "ida", "jon", "kim", "leo")) {
			Call.ShownCode code = codes(CLASS).get(0);
			long shown = now() + TimeUnit.MILLISECONDS.toNanos(code.fromMs());
			move(EXPIRED.minus(SHORT_PAUSE).minusNanos(now() - shown));
			CompletableFuture<Call.Reply> reply = new CompletableFuture<>();
			this.database.pause();
			try (RollCallClient waiting = client(this.students); Crowd crowd = new Crowd()) {
				crowd.add(() -> reply.complete(waiting.present(CLASS, student, code.code())));
				Await.until("the code has expired", () -> now() > shown + EXPIRED.toNanos());
				this.database.resume();
				crowd.join();
			}
			finally {
				this.database.resume();
			}
			if (!(reply.join() instanceof Call.Unanswered)) {
				reportUnlessRecorded(reply.join());
				return;
			}
		}
		throw new AssertionError("each request that waited for the store was answered 503");
	}

	/** A code that arrived in time is accepted, however long the store needs. */
	private void recordInTheEnd(RollCallClient client, String student, String code) {
		Call.Reply reply;
		do {
			reply = client.present(CLASS, student, code);
		}
		while (reply instanceof Call.Unanswered);
		reportUnlessRecorded(reply);
	}

	private void reportUnlessRecorded(Call.Reply reply) {
		if (!(reply instanceof Call.Recorded)) {
			this.tally.report(new Violation(Promise.P11, "a code was judged after it arrived: " + reply));
		}
	}

	private void useTicket(String code, Call.Ticket ticket) {
		move(PERIOD.multipliedBy(2));
		recordInTheEnd(this.phone, "dan", code);
		Call.Sent foreign = new Call.Sent(code,
				new Call.Ticket(ticket.text(), ticket.from(), ticket.to(), ticket.renewed(), false));
		this.phone.presentWithoutCookie(CLASS, "eva", foreign);
		this.otherPhone.present(CLASS, "fay", foreign);
		this.otherPhone.present(CLASS, "eva", code);
	}

}
