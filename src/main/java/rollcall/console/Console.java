package rollcall.console;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import rollcall.console.Failure.ExitCode;

/**
 * Runs one command line. The parser's messages are English only, so messages in the
 * reader's language replace them.
 */
public final class Console {

	/** A setting of the server has a dot in its name. */
	private static final Pattern SETTING = Pattern.compile("--[^= ]+\\.[^= ]+");

	private final TerminalContext context;

	private final CommandLine commands;

	private Console(TerminalContext context, ToIntFunction<List<String>> hashPassword) {
		this.context = context;
		CommandLine serve = new CommandLine(new RollcallCommand.Serve());
		CommandLine hash = new CommandLine(new RollcallCommand.HashPassword(hashPassword));
		this.commands = new CommandLine(new RollcallCommand()).addSubcommand(serve)
			.addSubcommand(new CommandLine(new RollcallCommand.Teacher()).addSubcommand(new CallCommand(context))
				.addSubcommand(new StartCommand(context))
				.addSubcommand(new WatchCommand(context))
				.addSubcommand(new ScanCommand(context))
				.addSubcommand(new MarkCommand(context))
				.addSubcommand(new TimesCommand(context))
				.addSubcommand(new CodeCommand(context))
				.addSubcommand(new ProjectorCommand(context))
				.addSubcommand(new RehearseCommand(context))
				.addSubcommand(new EndCommand(context))
				.addSubcommand(new SheetCommand(context))
				.addSubcommand(new SheetsCommand(context)))
			.addSubcommand(new StudentCommand(context))
			.addSubcommand(hash);
		removeServerOptions(serve);
		removeServerOptions(hash);
		configure(this.commands);
	}

	/** Removes the options of clients from commands that send no request. */
	private static void removeServerOptions(CommandLine command) {
		CommandSpec spec = command.getCommandSpec();
		List.of("--server", "--user", "--token", "--token-file").forEach((name) -> spec.remove(spec.findOption(name)));
	}

	/**
	 * Runs a command at the terminal of this process.
	 * @param hashPassword runs the command hash-password with its arguments and returns
	 * the exit code
	 * @param args the command line
	 * @return the exit code: 0 done, 1 refused or no such roll, 2 wrong usage, 3 server
	 * not reachable, 4 the server answered with an error, 5 the sheet was not written,
	 * 130 stopped with Ctrl-C
	 */
	public static int run(ToIntFunction<List<String>> hashPassword, String... args) {
		silenceLibraries();
		StandardInput.emptyIfClosed();
		return execute(ProcessTerminal.open(System::getenv), System::getenv, hashPassword, args);
	}

	/** Runs a command other than hash-password. */
	static int execute(Terminal terminal, Function<String, @Nullable String> environment, String... args) {
		return execute(terminal, environment, (none) -> ExitCode.USAGE.value(), args);
	}

	private static int execute(Terminal terminal, Function<String, @Nullable String> environment,
			ToIntFunction<List<String>> hashPassword, String... args) {
		TerminalContext context = new TerminalContext(terminal, Texts.of(args, environment), environment,
				Clock.systemUTC(), Names.NONE);
		int exitCode = new Console(context, hashPassword).commands.execute(args);
		if (exitCode == ExitCode.NOT_WRITTEN.value() || !terminal.hasFailed()) {
			return exitCode;
		}
		context.warn(context.text("output.failed"));
		return (exitCode == ExitCode.DONE.value()) ? ExitCode.NOT_WRITTEN.value() : exitCode;
	}

	/** Switches logging off: log lines would disturb the messages of the client. */
	private static void silenceLibraries() {
		System.setProperty("org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog");
		Logger.getLogger("").setLevel(Level.OFF);
	}

	private void configure(CommandLine line) {
		line.setResourceBundle(this.context.texts().help());
		line.setColorScheme(CommandLine.Help.defaultColorScheme(this.context.isColoured() ? Ansi.ON : Ansi.OFF));
		line.setOut(this.context.terminal().out());
		line.setErr(this.context.terminal().err());
		line.setParameterExceptionHandler((ex, args) -> reportUsage(ex));
		line.setExecutionExceptionHandler((ex, command, parsed) -> reportFailure(ex));
		setVersion(line);
	}

	private static void setVersion(CommandLine line) {
		line.getCommandSpec().version("rollcall " + version());
		line.getSubcommands().values().forEach(Console::setVersion);
	}

	private static String version() {
		return Optional.ofNullable(Console.class.getPackage().getImplementationVersion()).orElse("(development)");
	}

	private int reportUsage(ParameterException ex) {
		CommandLine command = ex.getCommandLine();
		if (isCommandMissing(ex)) {
			command.usage(this.context.terminal().err());
			return ExitCode.USAGE.value();
		}
		this.context.warn(message(ex));
		if (ex instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()) {
			this.context.warn(this.context.text("usage.meant", unmatched.getSuggestions().get(0)));
		}
		this.context.warn(this.context.text("usage.help", command.getCommandSpec().qualifiedName()));
		return ExitCode.USAGE.value();
	}

	/** Whether the command line only lacks a command. Then the help is printed. */
	private static boolean isCommandMissing(ParameterException ex) {
		return ex.getClass() == ParameterException.class && ex.getArgSpec() == null;
	}

	private String message(ParameterException ex) {
		if (ex instanceof MissingParameterException missing) {
			return this.context.text("usage.missing",
					String.join(", ", missing.getMissing().stream().map(Console::name).toList()));
		}
		if (ex instanceof UnmatchedArgumentException unmatched) {
			String unknown = String.join(" ", unmatched.getUnmatched());
			return this.context.text(SETTING.matcher(unknown).lookingAt() ? "usage.setting" : "usage.unknown", unknown);
		}
		return String.valueOf(ex.getMessage());
	}

	private static String name(ArgSpec argument) {
		return (argument instanceof OptionSpec option) ? option.longestName() : argument.paramLabel();
	}

	private int reportFailure(Exception ex) throws Exception {
		if (ex instanceof Failure failure) {
			this.context.warn(failure);
			return failure.exitCode().value();
		}
		throw ex;
	}

}
