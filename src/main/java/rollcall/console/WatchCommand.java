package rollcall.console;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;

/** Prints the arrivals and marks of a roll until it ends. */
@Command(name = "watch")
final class WatchCommand extends ClassCommand implements RollListener {

	WatchCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		RollClient client = connect();
		CurrentRoll roll = client.read(classId, 0).orElseThrow(() -> noRoll(classId));
		context().print(context().openLine(classId, roll.startedAt(), roll.presences().size()));
		try (RollFollower follower = new RollFollower(client, roll, this)) {
			follower.start();
			RollEnding ending = follower.await();
			context().terminal().status("");
			Instant at = ending.at();
			context().print((at != null) ? context().endedLine(classId, at) : context().text("roll.gone", classId));
			context().print(context().text("roll.present", ending.present()));
		}
		return ExitCode.DONE;
	}

	@Override
	public void changed(Presence student, long present) {
		context().print(context().studentLine(student, present));
	}

	@Override
	public void lateAt(@Nullable Instant lateAt) {
		context().print(context().lateLine(lateAt));
	}

	@Override
	public void endsAt(@Nullable Instant endsAt) {
		context().print(context().endsLine(endsAt));
	}

	@Override
	public void disconnected() {
		context().terminal().status(context().text("watch.disconnected"));
		if (!context().terminal().isGraphic()) {
			context().warn(context().text("watch.disconnected"));
		}
	}

	@Override
	public void failing(Failure reason) {
		context().warn(reason);
	}

	@Override
	public void reconnected() {
		context().terminal().status("");
		context().warn(context().text("watch.reconnected"));
	}

}
