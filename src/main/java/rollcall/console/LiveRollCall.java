package rollcall.console;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.CurrentRoll;
import rollcall.roll.Sheet;

/**
 * A roll call at the terminal: shows arrivals and records typed ids. Enter and Ctrl-C ask
 * before the roll ends. Typed lines are handled on the follower's thread too, so that an
 * arrival never changes the state meanwhile.
 */
final class LiveRollCall {

	/** Ctrl-C pressed this often in a row stops the process at once. */
	private static final int HALTING_INTERRUPTS = 3;

	private final TerminalContext context;

	private final Terminal terminal;

	private final RollClient client;

	private final CurrentRoll roll;

	private final AtomicInteger interrupts = new AtomicInteger();

	private final RollFollower follower;

	private final RollLines lines;

	private final TypedStudents students;

	private final StudentBoard board;

	private final EndQuestion question;

	private boolean ending;

	private Optional<Sheet> sheet = Optional.empty();

	private Optional<ExitCode> left = Optional.empty();

	LiveRollCall(TerminalContext context, RollClient client, CurrentRoll roll, StudentBoard board) {
		this.context = context;
		this.terminal = context.terminal();
		this.client = client;
		this.roll = roll;
		this.board = board;
		this.question = new EndQuestion(context);
		this.lines = new RollLines(context, roll, this::showStatus);
		this.follower = new RollFollower(client, roll, this.lines);
		this.students = new TypedStudents(context, client, roll, () -> this.follower.run(this::showStatus));
	}

	/** Returns when the roll has ended, or when the teacher leaves it open. */
	ExitCode run() {
		try (this.board; this.follower; this.students) {
			this.terminal.onInterrupt(this::interrupt);
			this.board.show(this.lines.isCodeRequired());
			this.context.print(this.context.text("call.projector", this.roll.classId()));
			this.follower.run(() -> this.terminal.statusOrLine(status()));
			this.follower.start();
			InputLines.read(this.terminal, this::read, this::inputEnded);
			this.follower.await();
		}
		finally {
			this.terminal.status("");
		}
		if (this.left.isPresent()) {
			this.context.warn(this.context.text("call.left", this.roll.classId()));
			return (this.left.get() == ExitCode.DONE) ? this.students.exitCode() : this.left.get();
		}
		printSheet();
		return this.students.exitCode();
	}

	private void read(String line) {
		this.students.awaitRoom();
		this.follower.run(() -> typed(line));
	}

	/** At a terminal, the end of the input asks the same question as Ctrl-C. */
	private boolean inputEnded() {
		if (this.terminal.isInteractive()) {
			interrupt();
		}
		return this.terminal.isInteractive();
	}

	private void interrupt() {
		if (this.interrupts.incrementAndGet() >= HALTING_INTERRUPTS) {
			Runtime.getRuntime().halt(ExitCode.INTERRUPTED.value());
		}
		this.follower.run(this::interrupted);
	}

	private void interrupted() {
		if (this.question.isAsked() || this.ending || !this.terminal.isInteractive()) {
			leave(ExitCode.INTERRUPTED);
			return;
		}
		ask();
	}

	private void ask() {
		if (!this.ending) {
			this.question.ask();
		}
		this.terminal.statusOrLine(status());
	}

	private void typed(String line) {
		this.interrupts.set(0);
		this.terminal.eraseTyped();
		switch (this.question.read(line)) {
			case ASK -> {
				ask();
				return;
			}
			case END -> end();
			case LEAVE -> leave(ExitCode.DONE);
			case HELP -> this.terminal.print(this.context.text("call.help", this.roll.classId()));
			case STUDENT -> this.students.take(line);
			case NOTHING -> {
			}
		}
		showStatus();
	}

	private void leave(ExitCode exitCode) {
		this.left = Optional.of(exitCode);
		this.follower.stop();
	}

	/**
	 * Ends the roll after the ids that were typed before. If the server cannot be
	 * reached, the roll stays open and the teacher can ask again.
	 */
	private void end() {
		this.ending = true;
		this.students.run(() -> {
			try {
				Optional<Sheet> ended = this.client.end(this.roll.classId(), this.roll.rollId());
				this.follower.run(() -> ended(ended));
			}
			catch (Failure ex) {
				this.follower.run(() -> notEnded(ex));
			}
		});
	}

	private void ended(Optional<Sheet> ended) {
		this.sheet = ended;
		this.follower.stop();
	}

	private void notEnded(Failure failure) {
		this.ending = false;
		if (!failure.isTransient()) {
			throw failure;
		}
		this.terminal.print(failure.message(this.context.texts()));
		this.terminal.statusOrLine(status());
	}

	private void showStatus() {
		if (this.left.isPresent()) {
			return;
		}
		this.board.show(this.lines.isCodeRequired());
		this.terminal.status(status());
	}

	private String status() {
		if (this.question.isAsked()) {
			return this.context.text("call.ask", this.roll.classId());
		}
		int waiting = this.students.waitingCount();
		if (waiting > 0) {
			return this.context.text("call.status-waiting", this.lines.present(), waiting);
		}
		if (this.ending) {
			return this.context.text("call.ending");
		}
		Instant endsAt = this.lines.endsAt();
		if (this.lines.isDisconnected() || endsAt == null) {
			return this.context.text(this.lines.isDisconnected() ? "call.status-disconnected" : "call.status",
					this.lines.present());
		}
		return this.context.text("call.status-deadline", this.lines.present(), this.context.texts().time(endsAt));
	}

	/**
	 * Prints the sheet. If this command did not end the roll, it reads the sheet first. A
	 * roll that ended by itself has handed its sheet to nobody: this command takes it.
	 */
	private void printSheet() {
		Sheet kept = this.sheet.or(() -> this.client.sheets().read(this.roll.rollId()))
			.orElseThrow(() -> new Failure(ExitCode.REFUSED, "roll.gone", this.roll.classId()));
		this.context.printSheet(kept, this.client.server());
		if (this.sheet.isEmpty()) {
			takeWaiting();
		}
	}

	/** A failure is ignored, because the list is already printed. */
	private void takeWaiting() {
		try {
			if (this.client.sheets().waiting(this.roll.classId()).contains(this.roll.rollId())) {
				this.client.end(this.roll.classId(), this.roll.rollId());
			}
		}
		catch (Failure ex) {
			this.context.warn(ex);
		}
	}

}
