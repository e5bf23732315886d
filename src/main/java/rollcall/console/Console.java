package rollcall.console;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import rollcall.console.RollcallCommand.HashPassword;
import rollcall.console.RollcallCommand.Jar;
import rollcall.console.RollcallCommand.Serve;
import rollcall.console.RollcallCommand.Teacher;

/**
 * Runs one command of the console clients.
 */
public final class Console {

	private final Desk desk;

	private final CommandLine commands;

	private Console(Desk desk, ToIntFunction<List<String>> hashPassword) {
		this.desk = desk;
		CommandLine serve = new CommandLine(new Serve());
		CommandLine hash = new CommandLine(new HashPassword(hashPassword));
		this.commands = new CommandLine(new Jar()).addSubcommand(serve)
			.addSubcommand(new CommandLine(new Teacher()).addSubcommand(new CallCommand(desk))
				.addSubcommand(new StartCommand(desk))
				.addSubcommand(new WatchCommand(desk))
				.addSubcommand(new EndCommand(desk)))
			.addSubcommand(new StudentCommand(desk))
			.addSubcommand(hash);
		withoutServer(serve);
		withoutServer(hash);
		configure(this.commands);
	}

	/** These commands talk to no server. */
	private static void withoutServer(CommandLine command) {
		CommandSpec spec = command.getCommandSpec();
		List.of("--server", "--user").forEach((name) -> spec.remove(spec.findOption(name)));
	}

	/**
	 * Runs a command at the terminal that the program was started in.
	 * @param hashPassword does what the command hash-password is for
	 * @param args the command line
	 * @return the exit code: 0 done, 1 refused or no such roll, 2 usage, 3 server not
	 * reachable, 4 server answered with an error
	 */
	public static int run(ToIntFunction<List<String>> hashPassword, String... args) {
		silenceLibraries();
		return execute(new SystemTerminal(System::getenv), System::getenv, hashPassword, args);
	}

	/** Runs a command of the clients. */
	static int execute(Terminal terminal, Function<String, @Nullable String> environment, String... args) {
		return execute(terminal, environment, (none) -> ExitCode.USAGE.value(), args);
	}

	private static int execute(Terminal terminal, Function<String, @Nullable String> environment,
			ToIntFunction<List<String>> hashPassword, String... args) {
		Texts texts = new Texts(Language.ofTexts(args, environment));
		LocalTime24 times = new LocalTime24(Language.ofDates(args, environment), ZoneId.systemDefault());
		return new Console(new Desk(terminal, texts, times, environment), hashPassword).commands.execute(args);
	}

	/** A client tells in its own words what went wrong; the server's log is no help. */
	private static void silenceLibraries() {
		System.setProperty("org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog");
		Logger.getLogger("").setLevel(Level.OFF);
	}

	private void configure(CommandLine line) {
		line.setResourceBundle(this.desk.texts().help());
		line.setColorScheme(CommandLine.Help.defaultColorScheme(this.desk.isColoured() ? Ansi.ON : Ansi.OFF));
		line.setOut(this.desk.terminal().out());
		line.setErr(this.desk.terminal().err());
		line.setParameterExceptionHandler((ex, args) -> usage(ex));
		line.setExecutionExceptionHandler((ex, command, parsed) -> failed(ex));
		describe(line);
	}

	private static void describe(CommandLine line) {
		line.getCommandSpec().version("rollcall " + version());
		line.getSubcommands().values().forEach(Console::describe);
	}

	private static String version() {
		return Optional.ofNullable(Console.class.getPackage().getImplementationVersion()).orElse("(development)");
	}

	/** The parser speaks English only, so its complaints are said again. */
	private int usage(ParameterException ex) {
		CommandLine command = ex.getCommandLine();
		if (ex instanceof RollcallCommand.WordMissing) {
			command.usage(this.desk.terminal().err());
			return ExitCode.USAGE.value();
		}
		this.desk.warn(complaint(ex));
		if (ex instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()) {
			this.desk.warn(this.desk.text("usage.meant", unmatched.getSuggestions().get(0)));
		}
		this.desk.warn(this.desk.text("usage.help", command.getCommandSpec().qualifiedName()));
		return ExitCode.USAGE.value();
	}

	private String complaint(ParameterException ex) {
		if (ex instanceof MissingParameterException missing) {
			return this.desk.text("usage.missing",
					String.join(", ", missing.getMissing()
						.stream()
						.map((argument) -> argument.isOption() ? ((CommandLine.Model.OptionSpec) argument).longestName()
								: argument.paramLabel())
						.toList()));
		}
		if (ex instanceof UnmatchedArgumentException unmatched) {
			return this.desk.text("usage.unknown", String.join(" ", unmatched.getUnmatched()));
		}
		return String.valueOf(ex.getMessage());
	}

	private int failed(Exception ex) throws Exception {
		if (ex instanceof Failure failure) {
			this.desk.warn(failure.in(this.desk.texts()));
			return failure.exitCode().value();
		}
		throw ex;
	}

}
