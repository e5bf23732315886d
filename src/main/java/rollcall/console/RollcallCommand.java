package rollcall.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import rollcall.console.Failure.ExitCode;

/**
 * The root command. Its options are valid for all commands, before or after the name of
 * the command. The nested types are the commands that are not about one class.
 */
@Command(name = "rollcall.jar")
final class RollcallCommand {

	private static final String DEFAULT_SERVER = "http://localhost:8080";

	/** The characters that RFC 6750 allows. */
	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

	@Option(names = "--server", paramLabel = "URL", order = 1, scope = ScopeType.INHERIT)
	private @Nullable String server;

	@Option(names = "--user", paramLabel = "${bundle:label.name}", order = 2, scope = ScopeType.INHERIT)
	private @Nullable String user;

	@Option(names = "--token", paramLabel = "TOKEN", order = 3, scope = ScopeType.INHERIT)
	private @Nullable String token;

	@Option(names = "--token-file", paramLabel = "${bundle:label.file}", order = 4, scope = ScopeType.INHERIT)
	private @Nullable Path tokenFile;

	/**
	 * {@link Texts} reads this option before the parser does. Here it is declared for the
	 * help, and checked.
	 */
	@Option(names = "--lang", paramLabel = "${bundle:label.language}", order = 5, scope = ScopeType.INHERIT)
	private @Nullable String language;

	@Option(names = { "-h", "--help" }, usageHelp = true, order = 6, scope = ScopeType.INHERIT)
	private boolean help;

	@Option(names = { "-v", "-V", "--version" }, versionHelp = true, order = 7, scope = ScopeType.INHERIT)
	private boolean version;

	/**
	 * Creates a client of the chosen server.
	 * @param withLogin whether it sends the password or the token
	 */
	RollClient connect(TerminalContext context, boolean withLogin) {
		if (this.language != null && Texts.supported(this.language).isEmpty()) {
			throw new Failure(ExitCode.USAGE, "language.unknown", this.language, String.join(", ", Texts.LANGUAGES));
		}
		ServerAddress address = ServerAddress.parse(serverName(context));
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Accept-Language", context.texts().locale().toLanguageTag());
		if (withLogin) {
			authorization(context, address).ifPresent((value) -> headers.put("Authorization", value));
		}
		return new RollClient(address, Map.copyOf(headers));
	}

	/**
	 * A token of a login service is often valid elsewhere too, so it is never sent in
	 * clear.
	 */
	private Optional<String> authorization(TerminalContext context, ServerAddress address) {
		boolean readable = !address.isEncrypted() && !address.isThisMachine();
		Optional<String> bearer = token(context);
		if (bearer.isPresent()) {
			if (this.user != null) {
				throw new Failure(ExitCode.USAGE, "login.two");
			}
			if (readable) {
				throw new Failure(ExitCode.USAGE, "token.unencrypted", address);
			}
			return Optional.of("Bearer " + bearer.get());
		}
		if (this.user == null) {
			return Optional.empty();
		}
		if (readable) {
			context.warn(context.text("password.unencrypted", address));
		}
		return Optional.of(basic(this.user, password(context, this.user)));
	}

	/** The token of an option, or else, unless a user is named, of the variable. */
	private Optional<String> token(TerminalContext context) {
		String text = this.token;
		if (text == null && this.tokenFile != null) {
			try {
				text = Files.readString(this.tokenFile);
			}
			catch (IOException ex) {
				throw new Failure(ExitCode.USAGE, "token.unreadable", this.tokenFile);
			}
		}
		if (text == null && this.user == null) {
			String variable = context.environment().apply("ROLLCALL_TOKEN");
			text = (variable != null && !variable.isBlank()) ? variable : null;
		}
		if (text == null) {
			return Optional.empty();
		}
		if (!TOKEN.matcher(text.strip()).matches()) {
			throw new Failure(ExitCode.USAGE, "token.invalid");
		}
		return Optional.of(text.strip());
	}

	private String serverName(TerminalContext context) {
		if (this.server != null) {
			return this.server;
		}
		String variable = context.environment().apply("ROLLCALL_SERVER");
		return (variable != null && !variable.isBlank()) ? variable : DEFAULT_SERVER;
	}

	private static String password(TerminalContext context, String user) {
		String variable = context.environment().apply("ROLLCALL_PASSWORD");
		if (variable != null) {
			return variable;
		}
		char[] typed = context.terminal().readPassword(context.text("password.prompt", user));
		if (typed == null) {
			throw new Failure(ExitCode.USAGE, "password.missing", user);
		}
		return new String(typed);
	}

	private static String basic(String user, String password) {
		byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
		return "Basic " + Base64.getEncoder().encodeToString(credentials);
	}

	/** The group of the teacher's commands. */
	@Command(name = "teacher")
	static final class Teacher {

	}

	/**
	 * Only prints the help and reports mistakes. With a correct command line, Main starts
	 * the server.
	 */
	@Command(name = "serve")
	static final class Serve implements Runnable {

		@Spec
		private CommandSpec spec = CommandSpec.create();

		@Override
		public void run() {
			throw new ParameterException(this.spec.commandLine(), "Only settings may follow");
		}

	}

	/** Calls the code of the server that hashes passwords. */
	@Command(name = "hash-password")
	static final class HashPassword implements Callable<Integer> {

		private final ToIntFunction<List<String>> hashPassword;

		/**
		 * Arguments are not allowed. They are read here nevertheless, because the message
		 * of the parser would print them, and they may contain a password.
		 */
		@Parameters(arity = "0..*", hidden = true)
		private List<String> arguments = List.of();

		HashPassword(ToIntFunction<List<String>> hashPassword) {
			this.hashPassword = hashPassword;
		}

		@Override
		public Integer call() {
			return this.hashPassword.applyAsInt(this.arguments);
		}

	}

}
