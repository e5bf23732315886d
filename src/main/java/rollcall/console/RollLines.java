package rollcall.console;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import rollcall.console.Failure.ExitCode;
import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;

/** Prints a line for each change of a roll, and knows what a status line shows of it. */
final class RollLines implements RollListener {

	private final TerminalContext context;

	private final long classId;

	private final Runnable showStatus;

	private final Set<String> present = new HashSet<>();

	/** The students who answered or were marked. */
	private final Set<String> known = new HashSet<>();

	private @Nullable Instant endsAt;

	private boolean codeRequired;

	private boolean disconnected;

	/**
	 * Prints nothing yet.
	 * @param roll the state of the roll at the start
	 * @param showStatus called when the status line may have changed
	 */
	RollLines(TerminalContext context, CurrentRoll roll, Runnable showStatus) {
		this.context = context;
		this.classId = roll.classId();
		roll.presences().forEach((student) -> this.present.add(student.studentId()));
		this.known.addAll(this.present);
		if (roll.absences() != null) {
			roll.absences().forEach((student) -> this.known.add(student.studentId()));
		}
		this.endsAt = roll.endsAt();
		this.codeRequired = Boolean.TRUE.equals(roll.code());
		this.showStatus = showStatus;
	}

	/** How many students count. */
	String present() {
		return this.context.present(this.present);
	}

	/** The students who answered or were marked. */
	Set<String> known() {
		return this.known;
	}

	/** When the roll ends by itself; null if it does not. */
	@Nullable Instant endsAt() {
		return this.endsAt;
	}

	/** Whether students must send a code. */
	boolean isCodeRequired() {
		return this.codeRequired;
	}

	boolean isDisconnected() {
		return this.disconnected;
	}

	@Override
	public void changed(Presence student, long count) {
		this.known.add(student.studentId());
		if (student.counts()) {
			this.present.add(student.studentId());
		}
		else {
			this.present.remove(student.studentId());
		}
		this.showStatus.run();
		this.context.print(this.context.studentLine(student, count));
	}

	@Override
	public void lateAt(@Nullable Instant lateAt) {
		this.context.print(this.context.lateLine(lateAt));
	}

	@Override
	public void endsAt(@Nullable Instant time) {
		this.endsAt = time;
		this.context.print(this.context.endsLine(time));
		this.showStatus.run();
	}

	@Override
	public void codeRequired(boolean required) {
		this.codeRequired = required;
		this.context.print(this.context.codeLine(required));
		this.showStatus.run();
	}

	@Override
	public void disconnected() {
		this.disconnected = true;
		showConnection("watch.disconnected");
	}

	@Override
	public void failing(Failure reason) {
		this.context.warn(reason);
	}

	@Override
	public void reconnected() {
		this.disconnected = false;
		showConnection("watch.reconnected");
	}

	/** Nobody can see the changes if they cannot be printed. */
	@Override
	public void check() {
		if (this.context.terminal().hasFailed()) {
			throw new Failure(ExitCode.NOT_WRITTEN, "watch.output-failed", this.classId);
		}
	}

	/** Without a status line, the state of the connection is a message. */
	private void showConnection(String key) {
		this.showStatus.run();
		if (!this.context.terminal().isGraphic()) {
			this.context.warn(this.context.text(key));
		}
	}

}
