package rollcall.console;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import rollcall.console.Failure.ExitCode;

/**
 * Records each line of the input, for card and bar-code readers that type. It never ends
 * the roll.
 */
@Command(name = "scan")
final class ScanCommand extends ClassCommand {

	/** A longer line is no id, and a pattern could take very long to read it. */
	private static final int LONGEST_LINE = 1_000;

	private static final long TICK_MILLIS = 100;

	@Option(names = "--pattern", paramLabel = "REGEX")
	private String pattern = ".*";

	@Option(names = "--give-up-after", paramLabel = "${bundle:label.seconds}")
	private String patience = "60";

	ScanCommand(TerminalContext context) {
		super(context);
	}

	@Override
	ExitCode run(long classId) {
		Pattern compiled = compile(this.pattern);
		Duration patience = seconds(this.patience);
		RollClient client = connect();
		if (context().terminal().isInteractive()) {
			context().print(context().text("scan.ready", classId));
		}
		return new Session(context(), client, classId, compiled).run(patience);
	}

	private static Pattern compile(String pattern) {
		try {
			return Pattern.compile(pattern);
		}
		catch (PatternSyntaxException ex) {
			throw new Failure(ExitCode.USAGE, "pattern.invalid", pattern);
		}
	}

	private static Duration seconds(String typed) {
		if (!typed.matches("[0-9]{1,6}")) {
			throw new Failure(ExitCode.USAGE, "seconds.invalid", typed);
		}
		return Duration.ofSeconds(Integer.parseInt(typed));
	}

	/** Cuts the id out of a scanned text: the first group, or else the whole match. */
	static Optional<String> cut(Pattern pattern, String scanned) {
		Matcher matcher = pattern.matcher(scanned);
		if (scanned.length() > LONGEST_LINE || !matcher.find()) {
			return Optional.empty();
		}
		String group = (matcher.groupCount() > 0) ? matcher.group(1) : null;
		return Optional.of((group != null) ? group : matcher.group());
	}

	/** One run of the command. */
	private static final class Session {

		private final TerminalContext context;

		private final Pattern pattern;

		private final ScanReport report;

		private final Recorder recorder;

		private final CompletableFuture<ExitCode> end = new CompletableFuture<>();

		private volatile boolean inputEnded;

		Session(TerminalContext context, RollClient client, long classId, Pattern pattern) {
			this.context = context;
			this.pattern = pattern;
			this.report = new ScanReport(context, classId, this::showWaiting);
			this.recorder = new Recorder(client, classId, context.clock(), this.report);
		}

		ExitCode run(Duration patience) {
			this.context.terminal().onInterrupt(() -> this.end.complete(ExitCode.INTERRUPTED));
			InputLines.read(this.context.terminal(), this::read, this::inputEnded);
			try (this.recorder) {
				return summarize(await(patience));
			}
		}

		/** Waits for the end of the input, and then as long as ids are still answered. */
		private ExitCode await(Duration patience) {
			int waiting = 0;
			long since = System.nanoTime();
			while (true) {
				try {
					return this.end.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
				}
				catch (TimeoutException ex) {
					int now = this.recorder.waitingCount();
					if (!this.inputEnded || now != waiting) {
						waiting = now;
						since = System.nanoTime();
					}
					else if (System.nanoTime() - since > patience.toNanos()) {
						return ExitCode.UNREACHABLE;
					}
				}
				catch (InterruptedException | ExecutionException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}

		private void read(String line) {
			this.context.terminal().eraseTyped();
			if (!line.isEmpty()) {
				this.recorder.awaitRoom();
				scanned(line);
			}
		}

		private boolean inputEnded() {
			this.recorder.run(() -> this.end.complete(this.report.exitCode()));
			this.inputEnded = true;
			return false;
		}

		private void scanned(String line) {
			Optional<String> id = cut(this.pattern, line);
			if (id.isPresent()) {
				this.recorder.record(id.get());
			}
			else {
				this.recorder.run(() -> this.report.rejected(line, this.context.text("scan.no-match")));
			}
		}

		private void showWaiting() {
			int waiting = this.recorder.waitingCount();
			this.context.terminal().status((waiting > 0) ? this.context.text("scan.status", waiting) : "");
		}

		private ExitCode summarize(ExitCode exitCode) {
			this.recorder.close();
			this.context.terminal().status("");
			this.context.print(this.report.summary());
			this.report.warnOfUnsent(this.recorder.waiting());
			return exitCode;
		}

	}

}
