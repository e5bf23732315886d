package rollcall.console;

import java.util.Optional;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.CurrentRoll;

/**
 * Sends what the teacher types about students while a roll is open: ids, which are
 * recorded, and marks. All of them are sent in the order in which they were typed.
 */
final class TypedStudents implements AutoCloseable {

	private final TerminalContext context;

	private final CurrentRoll roll;

	private final ScanReport report;

	private final Recorder recorder;

	/**
	 * Sends nothing yet.
	 * @param waitingChanged called when the number of lines that wait may have changed
	 */
	TypedStudents(TerminalContext context, RollClient client, CurrentRoll roll, Runnable waitingChanged) {
		this.context = context;
		this.roll = roll;
		this.report = new ScanReport(context, roll.classId(), waitingChanged);
		this.recorder = new Recorder(client, roll.classId(), context.clock(), this.report);
	}

	void awaitRoom() {
		this.recorder.awaitRoom();
	}

	/** Sends a mark or an id. A mistake is reported. */
	void take(String line) {
		if (!takeMark(line)) {
			this.recorder.record(line);
		}
	}

	/**
	 * Sends a mark. A mistake is reported.
	 * @return false if the line is not about a status
	 */
	boolean takeMark(String line) {
		try {
			Optional<TypedMark> mark = TypedMark.read(line, this.context);
			mark.ifPresent((typed) -> this.recorder.mark(this.roll.rollId(), typed));
			return mark.isPresent();
		}
		catch (Failure mistake) {
			reportMistake(line, mistake);
			return true;
		}
	}

	/** Reports a line that changes nothing, after the lines before it. */
	void reportMistake(String line, Failure mistake) {
		this.recorder.run(() -> this.report.failed(line, mistake));
	}

	/** Runs a step after all lines before it were answered. */
	void run(Runnable step) {
		this.recorder.run(step);
	}

	int waitingCount() {
		return this.recorder.waitingCount();
	}

	/** The exit code of a command that has closed this: whether all lines were sent. */
	ExitCode exitCode() {
		return (waitingCount() == 0) ? ExitCode.DONE : ExitCode.UNREACHABLE;
	}

	/** Stops sending, and prints what was not sent. */
	@Override
	public void close() {
		this.recorder.close();
		this.report.warnOfUnsent(this.recorder.waiting());
	}

}
