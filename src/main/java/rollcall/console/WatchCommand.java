package rollcall.console;

import java.time.Instant;
import java.util.Optional;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.CurrentRoll;

/** Prints the arrivals and marks of a roll until it ends, and sends marks. */
@Command(name = "watch")
final class WatchCommand extends ClassCommand {

	@Mixin
	private RosterOption roster = new RosterOption();

	WatchCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		TerminalContext context = this.roster.read(context());
		RollClient client = connect();
		CurrentRoll roll = client.read(classId, 0).orElseThrow(() -> noRoll(classId));
		context().print(context().openLine(classId, roll.startedAt(), roll.presences().size()));
		Session session = new Session(context, client, roll);
		context().print(session.run()
			.map((endedAt) -> context().endedLine(classId, endedAt))
			.orElseGet(() -> context().text("roll.gone", classId)));
		context().print(context().text("roll.present", session.present()));
		session.printMissing();
		return session.exitCode();
	}

	/** One run of the command. Lines are handled on the follower's thread. */
	private static final class Session {

		private final TerminalContext context;

		private final RollLines lines;

		private final RollFollower follower;

		private final TypedStudents students;

		Session(TerminalContext context, RollClient client, CurrentRoll roll) {
			this.context = context;
			this.lines = new RollLines(context, roll, this::showStatus);
			this.follower = new RollFollower(client, roll, this.lines);
			this.students = new TypedStudents(context, client, roll, () -> this.follower.run(this::showStatus));
		}

		Optional<Instant> run() {
			try (this.follower; this.students) {
				this.follower.start();
				InputLines.read(this.context.terminal(), this::read, () -> false);
				return this.follower.await();
			}
			finally {
				this.context.terminal().status("");
			}
		}

		String present() {
			return this.lines.present();
		}

		void printMissing() {
			this.context.printMissing(this.lines.known());
		}

		ExitCode exitCode() {
			return this.students.exitCode();
		}

		private void read(String line) {
			this.students.awaitRoom();
			this.follower.run(() -> typed(line));
		}

		private void typed(String line) {
			this.context.terminal().eraseTyped();
			if (line.equals("?")) {
				this.context.print(this.context.text("watch.help"));
			}
			else if (!line.isEmpty() && !this.students.takeMark(line)) {
				this.students.reportMistake(line, new Failure(ExitCode.USAGE, "watch.mistake"));
			}
		}

		private void showStatus() {
			int waiting = this.students.waitingCount();
			String connection = this.lines.isDisconnected() ? this.context.text("watch.disconnected") : "";
			this.context.terminal().status((waiting > 0) ? this.context.text("scan.status", waiting) : connection);
		}

	}

}
