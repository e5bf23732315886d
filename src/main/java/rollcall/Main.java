package rollcall;

import java.util.Arrays;
import java.util.List;

import rollcall.access.HashPassword;
import rollcall.console.Console;

/**
 * The one door of the jar: the first word picks the server or a console client. A client
 * must start at once, so no Spring type is touched on its way.
 */
public final class Main {

	private static final List<String> ABOUT = List.of("--help", "-h", "--version", "-V");

	private Main() {
	}

	public static void main(String[] args) {
		if (isForServer(args)) {
			RollCallApplication.main(withoutWord(args));
		}
		else if (args[0].equals(HashPassword.WORD) && !isAbout(args)) {
			System.exit(HashPassword.run(Arrays.copyOfRange(args, 1, args.length), System.in, System.console(),
					System.out, System.err));
		}
		else {
			System.exit(Console.run(args));
		}
	}

	/** An option in the first place is the server's, unless it asks about the program. */
	private static boolean isForServer(String[] args) {
		if (args.length == 0) {
			return true;
		}
		if (args[0].equals("serve")) {
			return !isAbout(args);
		}
		return args[0].startsWith("-") && !ABOUT.contains(args[0]);
	}

	/** Whether a word is asked what it is for. */
	private static boolean isAbout(String[] args) {
		return args.length > 1 && ABOUT.contains(args[1]);
	}

	private static String[] withoutWord(String[] args) {
		return (args.length > 0 && args[0].equals("serve")) ? Arrays.copyOfRange(args, 1, args.length) : args;
	}

}
