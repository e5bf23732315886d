package rollcall;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import rollcall.access.HashPassword;
import rollcall.console.Console;

/**
 * Starts the server if only settings are given, else runs a command. A client must start
 * quickly, so this class uses no Spring type before it has decided.
 */
public final class Main {

	private static final String SERVE = "serve";

	/** A setting has a dot in its name, except two of Spring Boot. */
	private static final Pattern SETTING = Pattern.compile("--([^=]+\\.[^=]+|debug|trace)(=.*)?", Pattern.DOTALL);

	private Main() {
	}

	/**
	 * Starts the server or runs a command.
	 * @param args settings such as {@code --server.port=80}, or a command with its
	 * arguments
	 */
	public static void main(String[] args) {
		if (isForServer(args)) {
			RollCallApplication.main(Stream.of(args).filter(Main::isSetting).toArray(String[]::new));
		}
		else {
			System.exit(Console.run(Main::hashPassword, args));
		}
	}

	static boolean isForServer(String... args) {
		List<String> others = Stream.of(args).filter((argument) -> !isSetting(argument)).toList();
		return others.isEmpty() || others.equals(List.of(SERVE));
	}

	private static boolean isSetting(String argument) {
		return SETTING.matcher(argument).matches();
	}

	private static int hashPassword(List<String> arguments) {
		return HashPassword.run(arguments, System.in, System.console(), System.out, System.err);
	}

}
