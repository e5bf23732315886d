package rollcall.console;

import java.util.UUID;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import rollcall.console.Failure.ExitCode;

/** Prints the current code of the open roll, or changes whether the roll needs a code. */
@Command(name = "code")
final class CodeCommand extends ClassCommand {

	@Option(names = "--on")
	private boolean on;

	@Option(names = "--off")
	private boolean off;

	CodeCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		if (this.on && this.off) {
			throw new Failure(ExitCode.USAGE, "code.two");
		}
		RollClient client = connect();
		if (this.on || this.off) {
			change(client, classId);
		}
		else {
			TimedCodes.Current code = Repeat
				.untilAnswered(() -> new TeacherCodes(client, classId, context().clock()).current())
				.orElseThrow(() -> new Failure(ExitCode.REFUSED, "code.none", classId));
			context().print(context().text("code.current", code.code(), code.leftSeconds()));
		}
		return ExitCode.DONE;
	}

	private void change(RollClient client, long classId) {
		UUID rollId = client.openRoll(classId).orElseThrow(() -> noRoll(classId));
		RollClient.Options changed = client.change(classId, rollId, "{\"code\":" + this.on + "}")
			.orElseThrow(() -> noRoll(classId));
		context().print(context().codeLine(changed.code()));
	}

}
