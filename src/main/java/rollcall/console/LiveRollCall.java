package rollcall.console;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;
import rollcall.roll.Sheet;

/**
 * A roll call at the terminal: shows arrivals, Enter ends the roll, Ctrl-C asks first.
 * Keys are handled on the follower's thread too, so that an arrival never changes the
 * state while a key is handled.
 */
final class LiveRollCall implements RollFollower.Listener {

	/** Ctrl-C pressed this often in a row stops the process at once. */
	private static final int HALTING_INTERRUPTS = 3;

	private final TerminalContext context;

	private final Terminal terminal;

	private final RollClient client;

	private final CurrentRoll roll;

	private final AtomicInteger interrupts = new AtomicInteger();

	private long present;

	private boolean disconnected;

	private boolean asking;

	private Optional<Sheet> sheet = Optional.empty();

	private Optional<ExitCode> left = Optional.empty();

	LiveRollCall(TerminalContext context, RollClient client, CurrentRoll roll) {
		this.context = context;
		this.terminal = context.terminal();
		this.client = client;
		this.roll = roll;
		this.present = roll.seq();
	}

	/** Returns when the roll has ended, or when the teacher leaves it open. */
	ExitCode run() {
		try (RollFollower follower = new RollFollower(this.client, this.roll, this)) {
			this.terminal.onInterrupt(() -> interrupt(follower));
			follower.run(() -> this.terminal.statusOrLine(status()));
			follower.start();
			startReading(follower);
			follower.await();
		}
		finally {
			this.terminal.status("");
		}
		if (this.left.isPresent()) {
			this.context.warn(this.context.text("call.left", this.roll.classId()));
			return this.left.get();
		}
		printSheet();
		return ExitCode.DONE;
	}

	private void startReading(RollFollower follower) {
		Thread keys = new Thread(() -> readLines(follower), "keys");
		keys.setDaemon(true);
		keys.start();
	}

	/**
	 * Reads lines until the end of the input. At a terminal Ctrl-D ends the input; it
	 * asks the same question as Ctrl-C.
	 */
	private void readLines(RollFollower follower) {
		while (true) {
			String line = this.terminal.readLine();
			if (line != null) {
				follower.run(() -> typed(line, follower));
			}
			else if (this.terminal.isInteractive()) {
				interrupt(follower);
			}
			else {
				return;
			}
		}
	}

	private void interrupt(RollFollower follower) {
		if (this.interrupts.incrementAndGet() >= HALTING_INTERRUPTS) {
			Runtime.getRuntime().halt(ExitCode.INTERRUPTED.value());
		}
		follower.run(() -> interrupted(follower));
	}

	private void interrupted(RollFollower follower) {
		if (this.asking || !this.terminal.isInteractive()) {
			leave(ExitCode.INTERRUPTED, follower);
			return;
		}
		this.asking = true;
		this.terminal.statusOrLine(status());
	}

	private void typed(String line, RollFollower follower) {
		this.interrupts.set(0);
		this.terminal.redrawAfterInput();
		boolean ends = this.asking ? this.context.isAnswer(line, "answer.end") : line.isBlank();
		boolean leaves = this.asking && this.context.isAnswer(line, "answer.leave");
		this.asking = false;
		if (ends) {
			end(follower);
		}
		else if (leaves) {
			leave(ExitCode.DONE, follower);
		}
		else {
			this.terminal.statusOrLine(status());
		}
	}

	private void leave(ExitCode exitCode, RollFollower follower) {
		this.left = Optional.of(exitCode);
		follower.stop();
	}

	/**
	 * Ends the roll. If the server cannot be reached, the roll stays open and Enter tries
	 * again.
	 */
	private void end(RollFollower follower) {
		this.terminal.status(this.context.text("call.ending"));
		try {
			this.sheet = this.client.end(this.roll.classId(), this.roll.rollId());
			follower.stop();
		}
		catch (Failure ex) {
			if (!ex.isTransient()) {
				throw ex;
			}
			this.terminal.print(ex.message(this.context.texts()));
			this.terminal.statusOrLine(status());
		}
	}

	@Override
	public void arrived(Presence presence) {
		this.present = presence.seq();
		this.terminal.status(status());
		this.terminal.print(this.context.arrivalLine(presence));
	}

	@Override
	public void disconnected() {
		this.disconnected = true;
		showConnection("watch.disconnected");
	}

	@Override
	public void reconnected() {
		this.disconnected = false;
		showConnection("watch.reconnected");
	}

	private void showConnection(String key) {
		this.terminal.status(status());
		if (!this.terminal.isGraphic()) {
			this.context.warn(this.context.text(key));
		}
	}

	private String status() {
		if (this.asking) {
			return this.context.text("call.ask", this.roll.classId());
		}
		return this.context.text(this.disconnected ? "call.status-disconnected" : "call.status", this.present);
	}

	/** Prints the sheet. If another client ended the roll, it reads the sheet first. */
	private void printSheet() {
		this.context.printSheet(this.sheet.or(() -> this.client.end(this.roll.classId(), this.roll.rollId()))
			.orElseThrow(() -> new Failure(ExitCode.REFUSED, "roll.gone", this.roll.classId())));
	}

}
