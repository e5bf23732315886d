package rollcall.console;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import rollcall.roll.CurrentRoll;
import rollcall.roll.StartedRoll;

/**
 * The whole story of a roll, from its start to its list. A roll that is open already is
 * taken up again.
 */
@Command(name = "call")
final class CallCommand extends ClassCommand {

	@Option(names = "--public-url", paramLabel = "URL")
	private @Nullable String publicUrl;

	CallCommand(Desk desk) {
		super(desk);
	}

	@Override
	ExitCode run(long classId) {
		String page = publicUrl().map((url) -> ServerAddress.parse(url) + "/" + classId).orElse("");
		Connection connection = connect();
		RollClient client = connection.client();
		Optional<CurrentRoll> roll = open(client, classId);
		if (roll.isEmpty()) {
			return ExitCode.REFUSED;
		}
		showPage(page.isEmpty() ? PageAddress.of(connection.server(), classId) : page);
		return new Call(desk(), client, roll.get()).run(connection::liveTopic);
	}

	private Optional<String> publicUrl() {
		return Optional.ofNullable(this.publicUrl)
			.or(() -> Optional.ofNullable(desk().environment().apply("ROLLCALL_PUBLIC_URL")))
			.filter((url) -> !url.isBlank());
	}

	private Optional<CurrentRoll> open(RollClient client, long classId) {
		Optional<StartedRoll> started = client.start(classId);
		if (started.isPresent()) {
			StartedRoll roll = started.get();
			desk().say(new Report(desk()).opened(classId, roll.startedAt()));
			return Optional
				.of(new CurrentRoll(classId, roll.rollId(), roll.startedAt(), roll.topic(), 0, null, List.of()));
		}
		return takeUp(client.read(classId, 0).orElseThrow(() -> noRoll(classId)));
	}

	/** Offers a roll that is open already; without a person to ask it is taken up. */
	private Optional<CurrentRoll> takeUp(CurrentRoll roll) {
		desk().say(new Report(desk()).open(roll.classId(), roll.startedAt(), roll.seq()));
		if (!desk().terminal().isInteractive() || desk().agrees(desk().text("call.take-up"))) {
			return Optional.of(roll);
		}
		desk().say(desk().text("start.refused"));
		return Optional.empty();
	}

	private void showPage(String page) {
		if (desk().terminal().isGraphic()) {
			QrCode.lines(page).forEach(desk()::say);
		}
		desk().say(desk().text("call.page", page));
	}

}
