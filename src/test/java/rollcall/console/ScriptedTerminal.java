package rollcall.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import rollcall.Await;

/** A terminal, or pipes instead of one, controlled by a test. */
final class ScriptedTerminal extends Terminal {

	private static final Map<String, String> ENVIRONMENT = Map.of("LANG", "C", "ROLLCALL_PASSWORD", "secret");

	private static final String END = "\u0004";

	private final Transcript printed;

	private final Transcript warned;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private final CompletableFuture<Runnable> interrupt = new CompletableFuture<>();

	private volatile TerminalSize size = TerminalSize.USUAL;

	private ScriptedTerminal(Transcript printed, Transcript warned, boolean interactive, boolean graphic) {
		super(new PrintWriter(printed, true), new PrintWriter(warned, true), interactive, graphic);
		this.printed = printed;
		this.warned = warned;
	}

	static ScriptedTerminal pipes() {
		return new ScriptedTerminal(new Transcript(), new Transcript(), false, false);
	}

	/** Pipes of which standard output leads to a full disk. */
	static ScriptedTerminal fullDisk() {
		return new ScriptedTerminal(new Transcript() {

			@Override
			public void write(char[] buffer, int offset, int length) throws IOException {
				throw new IOException("No space left on device");
			}

		}, new Transcript(), false, false);
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

	/** The context of a part of a command. */
	TerminalContext context() {
		return new TerminalContext(this, Texts.of(new String[0], ENVIRONMENT::get), ENVIRONMENT::get, Clock.systemUTC(),
				Names.NONE);
	}

	/**
	 * Starts a command and does not wait for its end. It has a thread of its own: a
	 * command that goes on would hold the only thread of the common pool.
	 */
	CompletableFuture<Integer> begin(String... args) {
		return CompletableFuture.supplyAsync(() -> run(args), ScriptedTerminal::inThread)
			.orTimeout(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS);
	}

	static void inThread(Runnable task) {
		Thread thread = new Thread(task, "command");
		thread.setDaemon(true);
		thread.start();
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

	/** Ends the input. */
	void endInput() {
		this.lines.add(END);
	}

	void pressControlC() {
		this.interrupt.orTimeout(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS).join().run();
	}

	void resize(int rows, int columns) {
		this.size = new TerminalSize(rows, columns);
	}

	@Override
	TerminalSize size() {
		return this.size;
	}

	@Override
	@Nullable String readLine() {
		try {
			String line = this.lines.take();
			return line.equals(END) ? null : line;
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
