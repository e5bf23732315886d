package rollcall.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import rollcall.console.Failure.ExitCode;
import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;
import rollcall.roll.Sheet;
import rollcall.roll.StartedRoll;

/**
 * A roll call with test students, which a dashboard follows. At the end, and after
 * Ctrl-C, the roll is ended and its sheet is erased, unless other students are in it.
 */
final class Rehearsal implements RollListener {

	private static final Duration CONNECTING = Duration.ofSeconds(15);

	/** Ctrl-C pressed this often stops the process at once. The roll stays open then. */
	private static final int HALTING_INTERRUPTS = 3;

	private final TerminalContext context;

	private final RollClient client;

	private final TestStudents students;

	/** When the dashboard showed each student. */
	private final Map<String, Long> shown = new ConcurrentHashMap<>();

	private final AtomicInteger interrupts = new AtomicInteger();

	private volatile @Nullable RollFollower follower;

	/**
	 * Starts nothing yet.
	 * @param client the client of the teacher
	 */
	Rehearsal(TerminalContext context, RollClient client, TestStudents students) {
		this.context = context;
		this.client = client;
		this.students = students;
	}

	/**
	 * Runs the whole rehearsal.
	 * @param code whether its roll needs a code
	 * @return what came out; empty after Ctrl-C
	 * @throws Failure if a roll of the class is open already; then nothing was changed
	 */
	Optional<Outcome> run(long classId, boolean code) {
		this.context.terminal().onInterrupt(this::interrupt);
		StartedRoll roll = this.client.start(classId, "{\"code\":" + code + "}")
			.orElseThrow(() -> new Failure(ExitCode.REFUSED, "rehearse.open", classId));
		this.context.print(this.context.openedLine(classId, roll.startedAt()));
		try {
			Outcome outcome = call(roll);
			return (this.interrupts.get() == 0) ? Optional.of(outcome) : Optional.empty();
		}
		finally {
			this.context.terminal().status("");
			cleanUp(roll);
		}
	}

	private void interrupt() {
		if (this.interrupts.incrementAndGet() >= HALTING_INTERRUPTS) {
			Runtime.getRuntime().halt(ExitCode.INTERRUPTED.value());
		}
		this.students.stop();
		RollFollower following = this.follower;
		if (following != null) {
			following.stop();
		}
	}

	private Outcome call(StartedRoll roll) {
		try (RollFollower dashboard = new RollFollower(this.client, CurrentRoll.of(roll), this)) {
			this.follower = dashboard;
			dashboard.start();
			if (!dashboard.awaitLive(CONNECTING)) {
				this.context.warn(this.context.text("watch.disconnected"));
			}
			TestStudents.Answers answers = this.students.arrive(roll.classId());
			Sheet sheet = this.client.end(roll.classId(), roll.rollId())
				.orElseThrow(() -> new Failure(ExitCode.REFUSED, "roll.gone", roll.classId()));
			dashboard.await();
			return new Outcome(answers, sheet, Map.copyOf(this.shown));
		}
	}

	/** A roll that was ended already gives the same sheet again. */
	private void cleanUp(StartedRoll roll) {
		try {
			this.client.end(roll.classId(), roll.rollId()).ifPresent(this::erase);
		}
		catch (Failure ex) {
			this.context.warn(ex);
			this.context.warn(this.context.text("end.unsure", roll.classId(), roll.rollId(), this.client.server()));
		}
	}

	private void erase(Sheet sheet) {
		List<Presence> absences = (sheet.absences() != null) ? sheet.absences() : List.of();
		long others = Stream.concat(sheet.presences().stream(), absences.stream())
			.filter((student) -> !TestStudents.isOne(student.studentId()))
			.count();
		if (others > 0) {
			this.context.warn(this.context.text("rehearse.others", others, sheet.rollId()));
		}
		else if (!this.client.sheets().erase(sheet.rollId())) {
			this.context.warn(this.context.text("rehearse.kept", sheet.rollId()));
		}
	}

	@Override
	public void changed(Presence student, long present) {
		this.shown.putIfAbsent(student.studentId(), System.nanoTime());
		this.context.terminal().status(this.context.text("rehearse.status", present, this.students.count()));
	}

	@Override
	public void lateAt(@Nullable Instant lateAt) {
		// The rehearsal sets no times.
	}

	@Override
	public void endsAt(@Nullable Instant endsAt) {
		// The rehearsal sets no times.
	}

	@Override
	public void codeRequired(boolean required) {
		// The rehearsal has chosen this at the start.
	}

	@Override
	public void disconnected() {
		this.context.warn(this.context.text("watch.disconnected"));
	}

	@Override
	public void failing(Failure reason) {
		this.context.warn(reason);
	}

	@Override
	public void reconnected() {
		this.context.warn(this.context.text("watch.reconnected"));
	}

	/**
	 * What came out of a rehearsal.
	 *
	 * @param students what the students were answered
	 * @param sheet the sheet of the roll
	 * @param shown when the dashboard showed each student, as {@link System#nanoTime}
	 */
	record Outcome(TestStudents.Answers students, Sheet sheet, Map<String, Long> shown) {
	}

}
