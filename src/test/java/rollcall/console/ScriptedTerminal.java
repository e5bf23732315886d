package rollcall.console;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** A terminal, or pipes instead of one, controlled by a test. */
final class ScriptedTerminal extends Terminal {

	private static final Map<String, String> ENVIRONMENT = Map.of("LANG", "C", "ROLLCALL_PASSWORD", "secret");

	private final Transcript printed;

	private final Transcript warned;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private final CompletableFuture<Runnable> interrupt = new CompletableFuture<>();

	private ScriptedTerminal(Transcript printed, Transcript warned, boolean interactive, boolean graphic) {
		super(new PrintWriter(printed, true), new PrintWriter(warned, true), interactive, graphic);
		this.printed = printed;
		this.warned = warned;
	}

	static ScriptedTerminal pipes() {
		return new ScriptedTerminal(new Transcript(), new Transcript(), false, false);
	}

	/** A terminal without escape sequences. */
	static ScriptedTerminal plainScreen() {
		return new ScriptedTerminal(new Transcript(), new Transcript(), true, false);
	}

	static ScriptedTerminal screen() {
		return new ScriptedTerminal(new Transcript(), new Transcript(), true, true);
	}

	/** Runs a command to its end and returns the exit code. */
	int run(String... args) {
		return Console.execute(this, ENVIRONMENT::get, args);
	}

	/** Starts a command and does not wait for its end. */
	CompletableFuture<Integer> begin(String... args) {
		return CompletableFuture.supplyAsync(() -> run(args)).orTimeout(90, TimeUnit.SECONDS);
	}

	/** The text on standard output. */
	Transcript printed() {
		return this.printed;
	}

	/** The text on the error output. */
	Transcript warned() {
		return this.warned;
	}

	void type(String line) {
		this.lines.add(line);
	}

	void pressControlC() {
		this.interrupt.orTimeout(60, TimeUnit.SECONDS).join().run();
	}

	@Override
	@Nullable String readLine() {
		try {
			return this.lines.take();
		}
		catch (InterruptedException ex) {
			return null;
		}
	}

	@Override
	char @Nullable [] readPassword(String prompt) {
		return null;
	}

	@Override
	void onInterrupt(Runnable action) {
		this.interrupt.complete(action);
	}

}
