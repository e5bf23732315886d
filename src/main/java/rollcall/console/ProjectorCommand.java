package rollcall.console;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import rollcall.console.Failure.ExitCode;

/** Prints the address of a page that shows the open roll without a login. */
@Command(name = "projector")
final class ProjectorCommand extends ClassCommand {

	@Option(names = "--revoke")
	private boolean revoke;

	ProjectorCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		ProjectorPages pages = connect().projectorPages();
		if (!this.revoke) {
			context().print(pages.open(classId).orElseThrow(() -> noRoll(classId)));
		}
		else if (pages.revoke(classId)) {
			context().print(context().text("projector.revoked", classId));
		}
		else {
			throw noRoll(classId);
		}
		return ExitCode.DONE;
	}

}
