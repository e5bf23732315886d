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
 * The terminal the program was started in, or the pipes in its place.
 */
final class SystemTerminal implements Terminal {

	private final @Nullable Console console;

	private final BufferedReader in;

	private final PrintWriter out;

	private final PrintWriter err;

	private final boolean graphic;

	SystemTerminal(Function<String, @Nullable String> environment) {
		Console candidate = System.console();
		this.console = (candidate != null && isTerminal(candidate)) ? candidate : null;
		Charset charset = charset(this.console);
		this.in = new BufferedReader(new InputStreamReader(System.in, charset));
		this.out = new PrintWriter(new OutputStreamWriter(System.out, charset), true);
		this.err = new PrintWriter(new OutputStreamWriter(System.err, charset), true);
		this.graphic = this.console != null && charset.newEncoder().canEncode('\u2580')
				&& understandsEscapes(environment);
	}

	/**
	 * ASCII is what the JVM takes where the system does not know the locale; the terminal
	 * is seldom that old.
	 */
	private static Charset charset(@Nullable Console console) {
		Charset charset = (console != null) ? console.charset() : Charset.defaultCharset();
		return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
	}

	/**
	 * From Java 22 on there may be a console without a terminal, and a method that tells.
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

	/** Windows' old console prints them; its newer ones set one of these. */
	private static boolean understandsEscapes(Function<String, @Nullable String> environment) {
		if (System.getProperty("os.name").startsWith("Windows")) {
			return environment.apply("WT_SESSION") != null || environment.apply("TERM") != null
					|| "ON".equals(environment.apply("ConEmuANSI"));
		}
		String term = environment.apply("TERM");
		return term != null && !term.equals("dumb");
	}

	@Override
	public PrintWriter out() {
		return this.out;
	}

	@Override
	public PrintWriter err() {
		return this.err;
	}

	@Override
	public boolean isInteractive() {
		return this.console != null;
	}

	@Override
	public boolean isGraphic() {
		return this.graphic;
	}

	@Override
	public @Nullable String readLine() {
		try {
			return this.in.readLine();
		}
		catch (IOException ex) {
			return null;
		}
	}

	@Override
	public char @Nullable [] readPassword(String prompt) {
		return (this.console != null) ? this.console.readPassword("%s", prompt) : null;
	}

	/**
	 * The JDK's only way to hear Ctrl-C and stay alive. It is not part of the language's
	 * API, hence the reflection; where it is missing, Ctrl-C stops the program as ever.
	 */
	@Override
	public void onInterrupt(Runnable action) {
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
			// left as it was
		}
	}

}
