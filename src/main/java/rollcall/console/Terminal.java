package rollcall.console;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The input and output of a command. If the terminal can draw it, there is a status line
 * below the printed lines. JLine is not used, because it adds 0.3 s to every start.
 */
abstract class Terminal {

	private static final String ERASE_LINE = "\r\u001b[2K";

	private static final String UP = "\u001b[1A";

	private static final String BOLD = "\u001b[1m";

	private static final String RESET = "\u001b[0m";

	private final PrintWriter out;

	private final PrintWriter err;

	private final boolean interactive;

	private final boolean graphic;

	private String status = "";

	/**
	 * Creates a terminal, or pipes.
	 * @param out for results
	 * @param err for all other messages
	 * @param interactive whether a person reads and types
	 * @param graphic whether it shows colours, cursor movements and block characters
	 */
	Terminal(PrintWriter out, PrintWriter err, boolean interactive, boolean graphic) {
		this.out = out;
		this.err = err;
		this.interactive = interactive;
		this.graphic = graphic;
	}

	/** The terminal or pipes that the process was started with. */
	static Terminal ofProcess(Function<String, @Nullable String> environment) {
		return ProcessTerminal.open(environment);
	}

	PrintWriter out() {
		return this.out;
	}

	PrintWriter err() {
		return this.err;
	}

	boolean isInteractive() {
		return this.interactive;
	}

	boolean isGraphic() {
		return this.graphic;
	}

	/** Prints a line above the status line. */
	void print(String line) {
		String drawn = drawnStatus();
		write(drawn.isEmpty() ? "" : ERASE_LINE, line, System.lineSeparator(), drawn);
	}

	/** Changes the status line; an empty text removes it. */
	void status(String text) {
		this.status = text;
		if (this.graphic) {
			write(ERASE_LINE, drawnStatus());
		}
	}

	/** Shows a status in the status line. Without a status line it prints the status. */
	void statusOrLine(String text) {
		status(text);
		if (!this.graphic) {
			print(text);
		}
	}

	/**
	 * Draws the status line again after a typed line, which has moved the cursor below
	 * it.
	 */
	void redrawAfterInput() {
		if (this.graphic) {
			write(UP, ERASE_LINE, drawnStatus());
		}
	}

	private String drawnStatus() {
		return (this.graphic && !this.status.isEmpty()) ? BOLD + this.status + RESET + " " : "";
	}

	private void write(String... parts) {
		this.out.print(String.join("", parts));
		this.out.flush();
	}

	/** Waits for a line; null at the end of the input. */
	abstract @Nullable String readLine();

	/** Asks for a password without showing it; null if there is no terminal. */
	abstract char @Nullable [] readPassword(String prompt);

	/** Calls the action at Ctrl-C instead of stopping the program. */
	abstract void onInterrupt(Runnable action);

	/** Standard input and output, which may be pipes. */
	private static final class ProcessTerminal extends Terminal {

		private final @Nullable Console console;

		private final BufferedReader in;

		private ProcessTerminal(@Nullable Console console, Charset charset, boolean graphic) {
			super(new PrintWriter(new OutputStreamWriter(System.out, charset), true),
					new PrintWriter(new OutputStreamWriter(System.err, charset), true), console != null, graphic);
			this.console = console;
			this.in = new BufferedReader(new InputStreamReader(System.in, charset));
		}

		static ProcessTerminal open(Function<String, @Nullable String> environment) {
			Console candidate = System.console();
			Console console = (candidate != null && isTerminal(candidate)) ? candidate : null;
			Charset charset = charset(console);
			boolean graphic = console != null && charset.newEncoder().canEncode('\u2580')
					&& understandsEscapes(environment);
			return new ProcessTerminal(console, charset, graphic);
		}

		/**
		 * The JVM uses ASCII if the system does not know the locale, but nearly every
		 * terminal shows UTF-8.
		 */
		private static Charset charset(@Nullable Console console) {
			Charset charset = (console != null) ? console.charset() : Charset.defaultCharset();
			return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
		}

		/**
		 * Since Java 22 a console may exist without a terminal. Then this method tells
		 * which it is.
		 */
		private static boolean isTerminal(Console console) {
			try {
				return (boolean) Console.class.getMethod("isTerminal").invoke(console);
			}
			catch (NoSuchMethodException ex) {
				return true;
			}
			catch (ReflectiveOperationException ex) {
				return false;
			}
		}

		/**
		 * Windows' old console prints escape sequences as text; the newer ones set one of
		 * these variables.
		 */
		private static boolean understandsEscapes(Function<String, @Nullable String> environment) {
			if (System.getProperty("os.name").startsWith("Windows")) {
				return environment.apply("WT_SESSION") != null || environment.apply("TERM") != null
						|| "ON".equals(environment.apply("ConEmuANSI"));
			}
			String term = environment.apply("TERM");
			return term != null && !term.equals("dumb");
		}

		@Override
		@Nullable String readLine() {
			try {
				return this.in.readLine();
			}
			catch (IOException ex) {
				return null;
			}
		}

		@Override
		char @Nullable [] readPassword(String prompt) {
			return (this.console != null) ? this.console.readPassword("%s", prompt) : null;
		}

		/**
		 * sun.misc.Signal is the only way in the JDK to handle Ctrl-C and continue. It is
		 * used by reflection because the compiler warns about it. Without it, Ctrl-C
		 * stops the program.
		 */
		@Override
		void onInterrupt(Runnable action) {
			try {
				Class<?> signal = Class.forName("sun.misc.Signal");
				Class<?> handler = Class.forName("sun.misc.SignalHandler");
				InvocationHandler call = (proxy, method, arguments) -> {
					action.run();
					return null;
				};
				Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] { handler }, call);
				Object interrupt = signal.getConstructor(String.class).newInstance("INT");
				signal.getMethod("handle", signal, handler).invoke(null, interrupt, proxy);
			}
			catch (ReflectiveOperationException ex) {
				// Ctrl-C stops the program.
			}
		}

	}

}
