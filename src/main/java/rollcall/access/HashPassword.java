package rollcall.access;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The command {@code hash-password}: asks for a password and prints what to put into the
 * settings. The password is never an argument: those are in every list of processes, and
 * in the shell's history.
 */
public final class HashPassword {

	/** The word that picks this command. */
	static final String WORD = "hash-password";

	private static final int OK = 0;

	private static final int USAGE = 2;

	private static final int MIN_LENGTH = 8;

	private static final long SILENCE_MILLIS = 1_000;

	private HashPassword() {
	}

	/**
	 * Runs the command.
	 * @param args what follows {@value #WORD}; nothing should
	 * @param in where the password is read from if there is no console
	 * @param console where it is asked for, if there is one
	 * @param out gets the hash and nothing else
	 * @param err gets everything else
	 * @return the exit code
	 */
	public static int run(List<String> args, InputStream in, @Nullable Console console, PrintStream out,
			PrintStream err) {
		if (!args.isEmpty()) {
			err.println("The password is asked for, or read from standard input: " + WORD + " takes no arguments.");
			return USAGE;
		}
		String password = (console != null) ? ask(console) : readLine(in, err);
		String mistake = mistakeIn(password);
		if (mistake != null) {
			err.println(mistake);
			return USAGE;
		}
		out.println(Passwords.encoder().encode(password));
		err.println("Set it, in single quotes, as rollcall.teachers[0].password-hash"
				+ " or in the environment as ROLLCALL_TEACHERS_0_PASSWORD_HASH.");
		return OK;
	}

	private static String ask(Console console) {
		char[] first = console.readPassword("Password: ");
		char[] again = console.readPassword("Again: ");
		return (first != null && Arrays.equals(first, again)) ? new String(first) : "";
	}

	/** A program that waits in silence looks as if it hung. */
	private static String readLine(InputStream in, PrintStream err) {
		Thread hint = new Thread(() -> {
			try {
				Thread.sleep(SILENCE_MILLIS);
				err.println("Waiting for the password on standard input, ended by a new line.");
			}
			catch (InterruptedException ex) {
				// The password is there.
			}
		});
		hint.setDaemon(true);
		hint.start();
		try {
			String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
			return (line != null) ? line : "";
		}
		catch (IOException ex) {
			return "";
		}
		finally {
			hint.interrupt();
		}
	}

	private static @Nullable String mistakeIn(String password) {
		if (password.isEmpty()) {
			return "There was no password, or the two differ.";
		}
		if (password.length() < MIN_LENGTH) {
			return "Take at least " + MIN_LENGTH + " characters.";
		}
		return Passwords.isTooLong(password) ? "Take at most " + Passwords.MAX_BYTES + " bytes." : null;
	}

}
