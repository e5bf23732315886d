package rollcall.console;

import java.time.Instant;

import picocli.CommandLine.Command;

import rollcall.console.RollFollower.Ending;
import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;

/** Shows a roll as it fills, until it ends. */
@Command(name = "watch")
final class WatchCommand extends ClassCommand {

	WatchCommand(Desk desk) {
		super(desk);
	}

	@Override
	ExitCode run(long classId) {
		Connection connection = connect();
		RollClient client = connection.client();
		CurrentRoll roll = client.read(classId, 0).orElseThrow(() -> noRoll(classId));
		Report report = new Report(desk());
		desk().say(report.open(classId, roll.startedAt(), roll.seq()));
		Screen screen = new Screen(desk().terminal());
		Watching watching = new Watching(screen, report);
		try (RollFollower follower = new RollFollower(client, connection::liveTopic, roll, watching)) {
			follower.start();
			Ending ending = follower.await();
			screen.status("");
			Instant at = ending.at();
			desk().say((at != null) ? report.ended(classId, at) : desk().text("roll.gone", classId));
			desk().say(desk().text("roll.present", ending.seq()));
		}
		return ExitCode.DONE;
	}

	/** Arrivals above, the count and the state of the connection below. */
	private final class Watching implements RollFollower.Listener {

		private final Screen screen;

		private final Report report;

		Watching(Screen screen, Report report) {
			this.screen = screen;
			this.report = report;
		}

		@Override
		public void arrived(Presence presence) {
			this.screen.line(this.report.arrival(presence));
		}

		@Override
		public void away() {
			this.screen.status(desk().text("watch.away"));
			if (!desk().terminal().isGraphic()) {
				desk().warn(desk().text("watch.away"));
			}
		}

		@Override
		public void back() {
			this.screen.status("");
			desk().warn(desk().text("watch.back"));
		}

	}

}
