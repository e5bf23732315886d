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
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The command {@code hash-password}: asks for a password and prints its hash for the
 * settings. The password is never an argument, because arguments are visible in the list
 * of processes and in the shell's history.
 */
public final class HashPassword {

	/** The name of the command. */
	static final String WORD = "hash-password";

	/** The bytes of a password that bcrypt uses; it ignores all further ones. */
	static final int MAX_BYTES = 72;

	private static final String BCRYPT = "bcrypt";

	private static final int OK = 0;

	private static final int USAGE = 2;

	/** As the consoles' exit code for output that is lost. */
	private static final int NOT_WRITTEN = 5;

	private static final int MIN_LENGTH = 8;

	private static final long HINT_AFTER_MS = 1_000;

	private HashPassword() {
	}

	/**
	 * Runs the command.
	 * @param args the arguments after {@value #WORD}; any argument is an error
	 * @param in source of the password if there is no console
	 * @param console the terminal that asks for the password, null if there is none
	 * @param out receives the hash only
	 * @param err receives all other messages
	 * @return the exit code: 0, 2 for a wrong argument or password, or 5 if the hash
	 * could not be written
	 */
	public static int run(List<String> args, InputStream in, @Nullable Console console, PrintStream out,
			PrintStream err) {
		if (!args.isEmpty()) {
			err.println(WORD + " has no arguments. It asks for the password, or reads it from standard input.");
			return USAGE;
		}
		String password = (console != null) ? ask(console) : readLine(in, err);
		String mistake = mistakeIn(password);
		if (mistake != null) {
			err.println(mistake);
			return USAGE;
		}
		out.println(encoder().encode(password));
		if (out.checkError()) {
			err.println("The hash could not be written.");
			return NOT_WRITTEN;
		}
		err.println("Set it, in single quotes, as rollcall.teachers[0].password-hash"
				+ " or in the environment as ROLLCALL_TEACHERS_0_PASSWORD_HASH.");
		return OK;
	}

	/**
	 * Creates an encoder that supports bcrypt only. Spring's own encoder also supports
	 * "noop", which stores passwords unhashed.
	 */
	static PasswordEncoder encoder() {
		return new DelegatingPasswordEncoder(BCRYPT, Map.of(BCRYPT, new BCryptPasswordEncoder()));
	}

	static boolean isTooLong(CharSequence password) {
		return password.toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
	}

	private static String ask(Console console) {
		char[] first = console.readPassword("Password: ");
		char[] again = console.readPassword("Again: ");
		return (first != null && Arrays.equals(first, again)) ? new String(first) : "";
	}

	/** Prints a hint after a second: a program that waits silently seems to hang. */
	private static String readLine(InputStream in, PrintStream err) {
		Thread hint = new Thread(() -> {
			try {
				Thread.sleep(HINT_AFTER_MS);
				err.println("Waiting for the password on standard input, ended by a new line.");
			}
			catch (InterruptedException ex) {
				// The password has arrived.
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
			return "The password is empty, or the two entries differ.";
		}
		if (password.length() < MIN_LENGTH) {
			return "Use at least " + MIN_LENGTH + " characters.";
		}
		return isTooLong(password) ? "Use at most " + MAX_BYTES + " bytes." : null;
	}

}
