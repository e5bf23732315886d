package rollcall.console;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.CurrentRoll;
import rollcall.roll.StartedRoll;

/**
 * Runs a whole roll call, from the start to the sheet. If a roll is already open, it
 * continues that roll.
 */
@Command(name = "call")
final class CallCommand extends ClassCommand {

	@Option(names = "--public-url", paramLabel = "URL")
	private @Nullable String publicUrl;

	@Mixin
	private StartOptions options = new StartOptions();

	@Mixin
	private RosterOption roster = new RosterOption();

	CallCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		Optional<String> chosenPage = publicUrl().map((url) -> ServerAddress.parse(url) + "/" + classId);
		String json = this.options.json();
		TerminalContext named = this.roster.read(context());
		RollClient client = connect();
		Optional<CurrentRoll> roll = startOrContinue(client, classId, json);
		if (roll.isEmpty()) {
			return ExitCode.REFUSED;
		}
		StudentBoard board = new StudentBoard(context(), classId, chosenPage.orElseGet(() -> page(client, classId)),
				new TeacherCodes(client, classId, context().clock()));
		return new LiveRollCall(named, client, roll.get(), board).run();
	}

	private Optional<String> publicUrl() {
		return Optional.ofNullable(this.publicUrl)
			.or(() -> Optional.ofNullable(context().environment().apply("ROLLCALL_PUBLIC_URL")))
			.filter((url) -> !url.isBlank());
	}

	private Optional<CurrentRoll> startOrContinue(RollClient client, long classId, String json) {
		Optional<StartedRoll> started = client.start(classId, json);
		if (started.isPresent()) {
			StartedRoll roll = started.get();
			context().print(context().openedLine(classId, roll.startedAt()));
			return Optional.of(CurrentRoll.of(roll));
		}
		CurrentRoll open = client.read(classId, 0).orElseThrow(() -> noRoll(classId));
		context().print(context().openLine(classId, open.startedAt(), open.presences().size()));
		if (context().terminal().isInteractive() && !context().confirm(context().text("call.continue"))) {
			context().print(context().text("start.refused"));
			return Optional.empty();
		}
		if (!this.options.areEmpty()) {
			return Optional.of(client.change(classId, open.rollId(), json)
				.flatMap((changed) -> client.read(classId, 0))
				.orElseThrow(() -> noRoll(classId)));
		}
		return Optional.of(open);
	}

	/** Returns the page at the address that the server names, or at its own address. */
	private String page(RollClient client, long classId) {
		Optional<PhoneAddress> address = client.phoneAddress();
		List<String> others = address.map(PhoneAddress::others).orElse(List.of());
		if (!others.isEmpty()) {
			context().print(context().text("call.addresses", String.join(", ", others)));
		}
		return address.map(PhoneAddress::url).orElse(client.server() + "/") + classId;
	}

}
