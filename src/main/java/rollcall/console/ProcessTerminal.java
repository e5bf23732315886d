package rollcall.console;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
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

/** Standard input and output, which may be pipes. */
final class ProcessTerminal extends Terminal {

	private final @Nullable Console console;

	private final BufferedReader in;

	private final TerminalSize.Reader size = new TerminalSize.Reader();

	private ProcessTerminal(@Nullable Console console, Charset charset, boolean graphic) {
		super(writer(FileDescriptor.out, charset), writer(FileDescriptor.err, charset), console != null, graphic);
		this.console = console;
		this.in = new BufferedReader(new InputStreamReader(System.in, charset));
	}

	/** System.out would hide the failure to write, for example to a full disk. */
	private static PrintWriter writer(FileDescriptor output, Charset charset) {
		return new PrintWriter(new OutputStreamWriter(new FileOutputStream(output), charset), true);
	}

	/** The terminal or pipes that the process was started with. */
	static Terminal open(Function<String, @Nullable String> environment) {
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
	 * Since Java 22 a console may exist without a terminal. Then this method tells which
	 * it is.
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
	TerminalSize size() {
		return this.size.read();
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
	 * used by reflection because the compiler warns about it. Without it, Ctrl-C stops
	 * the program.
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
