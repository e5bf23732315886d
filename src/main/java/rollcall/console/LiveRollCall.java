package rollcall.console;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;
import rollcall.roll.Sheet;

/**
 * A roll call at the terminal: shows arrivals and records typed ids. Enter and Ctrl-C ask
 * before the roll ends. Typed lines are handled on the follower's thread too, so that an
 * arrival never changes the state meanwhile.
 */
final class LiveRollCall implements RollListener {

	/** Ctrl-C pressed this often in a row stops the process at once. */
	private static final int HALTING_INTERRUPTS = 3;

	/** A scanner may send CR LF: the second key arrives as an empty line at once. */
	private static final long END_OF_SCAN_NANOS = 300_000_000;

	private final TerminalContext context;

	private final Terminal terminal;

	private final RollClient client;

	private final CurrentRoll roll;

	private final AtomicInteger interrupts = new AtomicInteger();

	private final RollFollower follower;

	private final ScanReport report;

	private final Recorder recorder;

	private long present;

	private boolean disconnected;

	private boolean asking;

	private boolean ending;

	private long lastText = System.nanoTime() - END_OF_SCAN_NANOS;

	private Optional<Sheet> sheet = Optional.empty();

	private Optional<ExitCode> left = Optional.empty();

	LiveRollCall(TerminalContext context, RollClient client, CurrentRoll roll) {
		this.context = context;
		this.terminal = context.terminal();
		this.client = client;
		this.roll = roll;
		this.present = roll.presences().size();
		this.follower = new RollFollower(client, roll, this);
		this.report = new ScanReport(context, roll.classId(), () -> this.follower.run(this::showStatus));
		this.recorder = new Recorder(client, roll.classId(), this.report);
	}

	/** Returns when the roll has ended, or when the teacher leaves it open. */
	ExitCode run() {
		try (this.follower; this.recorder) {
			this.terminal.onInterrupt(this::interrupt);
			this.follower.run(() -> this.terminal.statusOrLine(status()));
			this.follower.start();
			InputLines.read(this.terminal, this::read, this::inputEnded);
			this.follower.await();
		}
		finally {
			this.terminal.status("");
			this.report.warnOfUnsent(this.recorder.waiting());
		}
		if (this.left.isPresent()) {
			this.context.warn(this.context.text("call.left", this.roll.classId()));
			return this.left.get();
		}
		printSheet();
		return ExitCode.DONE;
	}

	private void read(String line) {
		this.recorder.awaitRoom();
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
		if (this.asking || this.ending || !this.terminal.isInteractive()) {
			leave(ExitCode.INTERRUPTED);
			return;
		}
		ask();
	}

	private void ask() {
		this.asking = !this.ending;
		this.terminal.statusOrLine(status());
	}

	/**
	 * Handles a line. An empty one asks, unless it answers a question or follows a scan
	 * at once.
	 */
	private void typed(String line) {
		this.interrupts.set(0);
		this.terminal.redrawAfterInput();
		boolean answering = this.asking;
		this.asking = false;
		boolean endOfScan = System.nanoTime() - this.lastText < END_OF_SCAN_NANOS;
		if (!line.isEmpty()) {
			typedText(line, answering);
		}
		else if (!answering && !endOfScan) {
			ask();
			return;
		}
		showStatus();
	}

	private void typedText(String text, boolean answering) {
		if (answering && this.context.isAnswer(text, "answer.end")) {
			end();
		}
		else if (answering && this.context.isAnswer(text, "answer.leave")) {
			leave(ExitCode.DONE);
		}
		else if (text.equals("?")) {
			this.terminal.print(this.context.text("call.help", this.roll.classId()));
		}
		else if (this.context.isWord(text, "answer.end") || this.context.isWord(text, "answer.leave")) {
			ask();
		}
		else {
			this.lastText = System.nanoTime();
			this.recorder.record(text);
		}
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
		this.recorder.run(() -> {
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

	@Override
	public void counted(long present) {
		this.present = present;
		this.terminal.status(status());
	}

	@Override
	public void arrived(Presence presence) {
		this.terminal.print(this.context.arrivalLine(presence));
	}

	@Override
	public void disconnected() {
		this.disconnected = true;
		showConnection("watch.disconnected");
	}

	@Override
	public void failing(Failure reason) {
		this.context.warn(reason);
	}

	@Override
	public void reconnected() {
		this.disconnected = false;
		showConnection("watch.reconnected");
	}

	private void showConnection(String key) {
		showStatus();
		if (!this.terminal.isGraphic()) {
			this.context.warn(this.context.text(key));
		}
	}

	private void showStatus() {
		this.terminal.status(status());
	}

	private String status() {
		if (this.asking) {
			return this.context.text("call.ask", this.roll.classId());
		}
		int waiting = this.recorder.waitingCount();
		if (waiting > 0) {
			return this.context.text("call.status-waiting", this.present, waiting);
		}
		if (this.ending) {
			return this.context.text("call.ending");
		}
		return this.context.text(this.disconnected ? "call.status-disconnected" : "call.status", this.present);
	}

	/** Prints the sheet. If another client ended the roll, it reads the sheet first. */
	private void printSheet() {
		Sheet kept = this.sheet.or(() -> this.client.sheet(this.roll.rollId()))
			.orElseThrow(() -> new Failure(ExitCode.REFUSED, "roll.gone", this.roll.classId()));
		this.context.printSheet(kept, this.client.server());
	}

}
