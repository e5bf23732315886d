package rollcall.console;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;
import rollcall.roll.Sheet;

/**
 * A roll call at the terminal: arrivals come, Enter ends, Ctrl-C asks first. All of it
 * happens on the follower's thread, so nothing comes between a key and its effect.
 */
final class Call implements RollFollower.Listener {

	/** So often in a row Ctrl-C means: at once, whatever is under way. */
	private static final int IMPATIENCE = 3;

	private final Desk desk;

	private final Report report;

	private final Screen screen;

	private final RollClient client;

	private final CurrentRoll roll;

	private final AtomicInteger interrupts = new AtomicInteger();

	private long present;

	private boolean away;

	private boolean asking;

	private Optional<Sheet> sheet = Optional.empty();

	private Optional<ExitCode> left = Optional.empty();

	Call(Desk desk, RollClient client, CurrentRoll roll) {
		this.desk = desk;
		this.report = new Report(desk);
		this.screen = new Screen(desk.terminal());
		this.client = client;
		this.roll = roll;
		this.present = roll.seq();
	}

	ExitCode run(Supplier<LiveTopic> topics) {
		this.screen.question(status());
		try (RollFollower follower = new RollFollower(this.client, topics, this.roll, this)) {
			follower.start();
			this.desk.terminal().onInterrupt(() -> interrupt(follower));
			listen(follower);
			follower.await();
		}
		finally {
			this.screen.status("");
		}
		if (this.left.isPresent()) {
			this.desk.warn(this.desk.text("call.left", this.roll.classId()));
			return this.left.get();
		}
		return showSheet();
	}

	private void listen(RollFollower follower) {
		Thread keys = new Thread(() -> readLines(follower), "keys");
		keys.setDaemon(true);
		keys.start();
	}

	/** The end of piped input is no key; at a terminal it is Ctrl-D and asks as well. */
	private void readLines(RollFollower follower) {
		while (true) {
			String line = this.desk.terminal().readLine();
			if (line != null) {
				follower.run(() -> typed(line, follower));
			}
			else if (this.desk.terminal().isInteractive()) {
				interrupt(follower);
			}
			else {
				return;
			}
		}
	}

	private void interrupt(RollFollower follower) {
		if (this.interrupts.incrementAndGet() >= IMPATIENCE) {
			Runtime.getRuntime().halt(ExitCode.INTERRUPTED.value());
		}
		follower.run(() -> interrupted(follower));
	}

	private void interrupted(RollFollower follower) {
		if (this.asking || !this.desk.terminal().isInteractive()) {
			leave(ExitCode.INTERRUPTED, follower);
			return;
		}
		this.asking = true;
		this.screen.question(status());
	}

	private void typed(String line, RollFollower follower) {
		this.interrupts.set(0);
		this.screen.typed();
		boolean ends = this.asking ? this.desk.isAnswer(line, "answer.end") : line.isBlank();
		boolean leaves = this.asking && this.desk.isAnswer(line, "answer.leave");
		this.asking = false;
		if (ends) {
			end(follower);
		}
		else if (leaves) {
			leave(ExitCode.DONE, follower);
		}
		else {
			this.screen.question(status());
		}
	}

	private void leave(ExitCode exitCode, RollFollower follower) {
		this.left = Optional.of(exitCode);
		follower.stop();
	}

	/**
	 * If the server cannot be reached just now, the roll goes on and Enter tries again.
	 */
	private void end(RollFollower follower) {
		this.screen.status(this.desk.text("call.ending"));
		try {
			this.sheet = this.client.end(this.roll.classId(), this.roll.rollId());
			follower.stop();
		}
		catch (Failure ex) {
			if (!ex.isPassing()) {
				throw ex;
			}
			this.screen.line(ex.in(this.desk.texts()));
			this.screen.question(status());
		}
	}

	@Override
	public void arrived(Presence presence) {
		this.present = presence.seq();
		this.screen.status(status());
		this.screen.line(this.report.arrival(presence));
	}

	@Override
	public void away() {
		this.away = true;
		changed("watch.away");
	}

	@Override
	public void back() {
		this.away = false;
		changed("watch.back");
	}

	private void changed(String key) {
		this.screen.status(status());
		if (!this.desk.terminal().isGraphic()) {
			this.desk.warn(this.desk.text(key));
		}
	}

	private String status() {
		if (this.asking) {
			return this.desk.text("call.ask", this.roll.classId());
		}
		return this.desk.text(this.away ? "call.status-away" : "call.status", this.present);
	}

	/**
	 * Ended here or elsewhere: the sheet of exactly this roll, if it can still be had.
	 */
	private ExitCode showSheet() {
		Optional<Sheet> shown = this.sheet.or(() -> this.client.end(this.roll.classId(), this.roll.rollId()));
		shown.ifPresent(this.report::sheet);
		if (shown.isEmpty()) {
			throw new Failure(ExitCode.REFUSED, "roll.gone", this.roll.classId());
		}
		return ExitCode.DONE;
	}

}
