package rollcall.console;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** A terminal whose keys are pressed by a test. */
class ScriptedTerminal implements Terminal {

	private final Transcript seen = new Transcript();

	private final Transcript warned = new Transcript();

	private final PrintWriter out = new PrintWriter(this.seen, true);

	private final PrintWriter err = new PrintWriter(this.warned, true);

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private final CompletableFuture<Runnable> interrupt = new CompletableFuture<>();

	private final boolean interactive;

	private final boolean graphic;

	ScriptedTerminal(boolean interactive, boolean graphic) {
		this.interactive = interactive;
		this.graphic = graphic;
	}

	static ScriptedTerminal pipes() {
		return new ScriptedTerminal(false, false);
	}

	static ScriptedTerminal plainScreen() {
		return new ScriptedTerminal(true, false);
	}

	static ScriptedTerminal screen() {
		return new ScriptedTerminal(true, true);
	}

	/** Runs a command to its end. */
	int run(String... args) {
		return Console.execute(this, Map.of("LANG", "C", "ROLLCALL_PASSWORD", "secret")::get, args);
	}

	/** Runs a command while the test goes on. */
	CompletableFuture<Integer> begin(String... args) {
		return CompletableFuture.supplyAsync(() -> run(args)).orTimeout(90, TimeUnit.SECONDS);
	}

	Transcript seen() {
		return this.seen;
	}

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
	public PrintWriter out() {
		return this.out;
	}

	@Override
	public PrintWriter err() {
		return this.err;
	}

	@Override
	public boolean isInteractive() {
		return this.interactive;
	}

	@Override
	public boolean isGraphic() {
		return this.graphic;
	}

	@Override
	public @Nullable String readLine() {
		try {
			return this.lines.take();
		}
		catch (InterruptedException ex) {
			return null;
		}
	}

	@Override
	public char @Nullable [] readPassword(String prompt) {
		return null;
	}

	@Override
	public void onInterrupt(Runnable action) {
		this.interrupt.complete(action);
	}

}
