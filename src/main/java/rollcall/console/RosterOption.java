package rollcall.console;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the file of a roster. */
final class RosterOption {

	@Option(names = "--roster", paramLabel = "${bundle:label.file}")
	private @Nullable Path file;

	/**
	 * Reads the file, and says how many students it has.
	 * @return the context that prints their names; without the option, the same one
	 * @throws Failure if it is no list of students
	 */
	TerminalContext read(TerminalContext context) {
		if (this.file == null) {
			return context;
		}
		Roster roster = Roster.read(this.file);
		context.warn(context.text("roster.read", this.file, roster.students().size()));
		int without = roster.source().withoutId();
		int repeated = roster.source().repeated();
		if (without + repeated > 0) {
			context.warn(context.text("roster.left-out", without, repeated));
		}
		return context.withNames(new Names(roster));
	}

}
